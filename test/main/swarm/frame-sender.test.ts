import { describe, expect, it } from 'vitest';
import { FrameSender } from '../../../src/main/swarm/frame-sender';
import { Recorder } from '../../../src/main/swarm/recorder';
import type { Frame } from '../../../src/shared/stats/frame';
import { mergeDeltas } from '../../../src/shared/stats/packed-deltas';

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

/** A clock that moves on by `stepUs` at each look. */
function senderOf(stepUs: number) {
  let nowUs = 0;
  const sent: { sequence: number; completed: number }[] = [];
  const clock = {
    nowUs: () => {
      nowUs += stepUs;
      return nowUs;
    },
  };
  const sender = new FrameSender(clock, ({ sequence, series }) =>
    sent.push({ sequence, completed: mergeDeltas([series])[0]?.completed ?? 0 }),
  );
  return { sender, sent };
}

function frameOf(sequence: number, recorder: Recorder): Generator<void, Frame> {
  const counting = recorder.endFrame();
  return (function* steps() {
    const nothing = { nodes: [], tasks: new Uint32Array(0), failures: [], exceptions: [] };
    const open = { second: 0, lastOfSecond: false, endSeconds: 0.25, health: null, loopLagP99Us: null, heldBack: null };
    return { kind: 'frame', shard: 0, sequence, series: yield* counting, ...nothing, ...open };
  })();
}

function recorderOf(requests: number): Recorder {
  const recorder = new Recorder(1);
  for (let i = 0; i < requests; i++) recorder.finished(0, 'steady', false, 1000, 1000, -1, 0, 0);
  return recorder;
}

describe('sending a frame', () => {
  it('leaves the event loop its turns while a large frame is counted', async () => {
    const { sender, sent } = senderOf(50);
    sender.send(frameOf(1, recorderOf(20_000)));
    let turns = 0;
    for (; sent.length === 0 && turns < 1000; turns++) await turn();
    expect(sent).toEqual([{ sequence: 1, completed: 20_000 }]);
    expect(turns).toBeGreaterThan(10);
  });

  it('sends a small one in the next turn', async () => {
    const { sender, sent } = senderOf(1);
    sender.send(frameOf(1, recorderOf(5)));
    expect(sent).toEqual([]);
    await turn();
    expect(sent).toEqual([{ sequence: 1, completed: 5 }]);
  });

  it('sends what is left when it has to be now, once and in order', async () => {
    const { sender, sent } = senderOf(1000);
    const recorder = recorderOf(20_000);
    sender.send(frameOf(1, recorder));
    await turn();
    recorder.finished(0, 'steady', false, 1, 1, -1, 0, 0);
    sender.flush();
    sender.send(frameOf(2, recorder));
    sender.flush();
    for (let turns = 0; turns < 50; turns++) await turn();
    expect(sent).toEqual([
      { sequence: 1, completed: 20_000 },
      { sequence: 2, completed: 1 },
    ]);
  });
});
