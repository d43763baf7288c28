import { describe, expect, test } from 'vitest';
import { setAt } from '../../../src/renderer/features/editor/model/document-value';
import { buildOutline, type OutlineItem } from '../../../src/renderer/features/editor/model/outline';
import {
  itemAtPath,
  markOfAll,
  markSeverity,
  type ProblemMark,
  problemMarks,
} from '../../../src/renderer/features/editor/model/problem-marks';
import { problemRange } from '../../../src/renderer/features/editor/model/problem-place';
import { placeRange } from '../../../src/renderer/features/editor/model/source-places';
import { parseScenario } from '../../../src/shared/scenario/parse';
import { tutorial } from './tutorial';

const { items } = buildOutline(tutorial());
const BODY = ['nodeTypes', 0, 'tasks', 0, 'steps', 0, 'request', 'body', 'text'];

function problemsOf(document: unknown) {
  const parsed = parseScenario(document);
  return parsed.ok ? parsed.warnings : parsed.problems;
}

describe('the line of a place', () => {
  test('is the nearest one around it', () => {
    const label = (path: string) => itemAtPath(items, path)?.label;
    expect(label('target.headers["X-Id"]')).toBe('Target');
    expect(label('load.stages[1].nodes')).toBe('Load');
    expect(label('nodeTypes[0].tasks[0].steps[0].request.body.text')).toBe('POST /data');
    expect(label('nodeTypes[0].tasks[0].weight')).toBe('send_data');
    expect(label('nodeTypes[0].variables[0].generator.min')).toBe('iot_id');
    expect(label('nodeTypes[0].variables')).toBe('Variables');
    expect(label('nodeTypes[0].wait.seconds')).toBe('IoTNode');
    expect(label('nodeTypes')).toBe('IoT backend');
    expect(label('name')).toBe('IoT backend');
  });
});

test('lines count their own problems, closed ones those of all lines in them, and say the first error', () => {
  const problems = [
    { path: 'nodeTypes[0].tasks[0].weight', message: 'too small', expected: 'more', severity: 'warning' as const },
    { path: 'nodeTypes[0].tasks[0].steps[0].request.path', message: 'no path', expected: '/x', severity: 'error' as const },
    { path: 'nodeTypes[0].tasks[0].steps[0].request.name', message: 'no name', expected: 'one', severity: 'error' as const },
  ];
  const marks = problemMarks(items, problems);
  const task = itemAtPath(items, 'nodeTypes[0].tasks[0]') as OutlineItem;
  expect(marks.get(task.id)).toEqual({
    errors: 0,
    warnings: 1,
    missing: 0,
    first: 'Too small. Expected: more.',
    firstPath: 'nodeTypes[0].tasks[0].weight',
  });
  expect(markOfAll(task, marks)).toMatchObject({ errors: 2, warnings: 1, first: 'No path. Expected: /x.' });
  expect(marks.get('target')).toBeUndefined();
});

test('what is missing is no error: it counts for itself, after errors and before warnings', () => {
  const at = (path: string, severity: 'error' | 'warning' | 'missing') => ({ path, message: severity, expected: 'x', severity });
  const marks = problemMarks(items, [
    at('nodeTypes[0].tasks[0].weight', 'warning'),
    at('nodeTypes[0].tasks[0].name', 'missing'),
    at('nodeTypes[0].tasks[0].steps[0].request.path', 'error'),
  ]);
  const task = itemAtPath(items, 'nodeTypes[0].tasks[0]') as OutlineItem;
  const own = marks.get(task.id) as ProblemMark;
  expect(own).toMatchObject({ errors: 0, missing: 1, warnings: 1, first: 'Missing. Expected: x.' });
  expect(markSeverity(own)).toBe('missing');
  const all = markOfAll(task, marks) as ProblemMark;
  expect(all).toMatchObject({ errors: 1, missing: 1, warnings: 1, first: 'Error. Expected: x.' });
  expect(markSeverity(all)).toBe('error');
});

describe('marks in a text stand where the parser says', () => {
  const marked = (text: string) => {
    const [problem] = problemsOf(setAt(tutorial(), BODY, text));
    const range = problem && problemRange(problem.message, text);
    return range && text.slice(range.from, range.to);
  };

  test('placeholders, in one line and in several', () => {
    expect(marked('{"a": {{unknown}}}')).toBe('{{unknown}}');
    expect(marked('{\n  "a": 1,\n  "b": {{randomInteger(1)}}\n}')).toBe('{{randomInteger(1)}}');
    expect(marked('{"a": {{iot_id}')).toBe('{{');
  });

  test('mistakes in JSON, also behind placeholders', () => {
    expect(marked('{"a": {{iot_id}}, "b": oops}')).toBe('oops');
    expect(marked('{\n  "a": {{iot_id}}\n  "b": 1\n}')).toBe('"');
  });

  test('messages without a place have no mark', () => {
    expect(problemRange('the text is empty', 'abc')).toBeNull();
    expect(problemRange('wrong at character 99', 'abc')).toBeNull();
  });
});

test('places of a document are found in its source text, missing ones by what is around them', () => {
  const text = JSON.stringify(tutorial(), null, 2);
  const at = (path: string) => {
    const range = placeRange(text, path);
    return range && text.slice(range.from, range.to);
  };
  expect(at('target.baseUrl')).toBe('"http://127.0.0.1:8090"');
  expect(at('nodeTypes[0].tasks[2].name')).toBe('"check_for_ota"');
  expect(at('nodeTypes[0].variables[0].generator.max')).toBe('500');
  expect(at('target.headers["X"]')).toBe('{');
  expect(placeRange('{ oops', 'name')).not.toBeNull();
  expect(placeRange('', 'name')).toBeNull();
});
