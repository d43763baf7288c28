import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { placeOnScreen, readWindowState, writeWindowState } from '../../../src/main/desktop/window-state';
import { tempFolder } from '../../support/temp-folder';

const MAIN_SCREEN = { x: 0, y: 0, width: 1920, height: 1040 };
const SECOND_SCREEN = { x: 1920, y: 0, width: 2560, height: 1400 };

describe('how the window was left', () => {
  it('is read as it was written', () => {
    const file = join(tempFolder(), 'deep', 'window.json');
    const state = { bounds: { x: 10, y: 20, width: 1300, height: 900 }, maximised: true };
    writeWindowState(file, state);
    expect(readWindowState(file)).toEqual(state);
  });

  it.each(['', '{', 'null', '{"bounds":{"x":"a"},"maximised":1}'])('counts as unknown when the file holds %j', (text) => {
    const file = join(tempFolder(), 'window.json');
    writeFileSync(file, text);
    expect(readWindowState(file)).toEqual({ bounds: null, maximised: false });
  });

  it('costs nothing more where it cannot be written', () => {
    const folder = tempFolder();
    writeFileSync(join(folder, 'file'), '');
    expect(() => writeWindowState(join(folder, 'file', 'window.json'), { bounds: null, maximised: false })).not.toThrow();
  });
});

describe('placing the window', () => {
  it('opens it where it was, on whichever screen', () => {
    const bounds = { x: 2000, y: 50, width: 1400, height: 900 };
    expect(placeOnScreen(bounds, [MAIN_SCREEN, SECOND_SCREEN])).toEqual(bounds);
  });

  it('lets the system place it when its screen is gone', () => {
    expect(placeOnScreen({ x: 2000, y: 50, width: 1400, height: 900 }, [MAIN_SCREEN])).toBeNull();
  });

  it('lets the system place it when its title bar could not be reached', () => {
    expect(placeOnScreen({ x: 100, y: -500, width: 1400, height: 900 }, [MAIN_SCREEN])).toBeNull();
    expect(placeOnScreen({ x: 1850, y: 100, width: 1400, height: 900 }, [MAIN_SCREEN])).toBeNull();
  });

  it('makes it no larger than its screen and no smaller than the app can be used', () => {
    const small = { x: 0, y: 0, width: 1280, height: 720 };
    expect(placeOnScreen({ x: 0, y: 0, width: 3000, height: 2000 }, [small])).toEqual(small);
    expect(placeOnScreen({ x: 0, y: 0, width: 300, height: 200 }, [small])).toEqual({ x: 0, y: 0, width: 1024, height: 640 });
  });

  it('knows nothing of a window that was never open', () => {
    expect(placeOnScreen(null, [MAIN_SCREEN])).toBeNull();
  });
});
