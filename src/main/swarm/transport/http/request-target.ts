import type { RequestStep } from '../../../../shared/scenario/schema';
import type { NodeTypeProgram } from '../../template/program';
import { TextSequence } from './text-sequence';

/** Compiles a request target in origin form: path of the base URL, path of the request, query parameters. ASCII only. */
export function compileRequestTarget(step: RequestStep, baseUrl: URL, program: NodeTypeProgram): TextSequence {
  const target = new TextSequence('latin1').append(baseUrl.pathname.replace(/\/+$/, ''), program.compile(step.path, 'path'));
  let separator = step.path.includes('?') ? '&' : '?';
  for (const [name, value] of Object.entries(step.query)) {
    target.append(separator, encodeURIComponent(name), '=', program.compile(value, 'query'));
    separator = '&';
  }
  return target;
}
