import type { RequestStep, Scenario, Step, Target } from './schema';

/** Headers whose values let somebody in, lower case. */
export const CREDENTIAL_HEADERS: readonly string[] = ['authorization', 'proxy-authorization', 'cookie', 'x-api-key'];

/** Stands in place of a credential: a reference, so that nobody can run the copy without giving the credential anew. */
export const CREDENTIAL_NOT_KEPT = '{{secret.CREDENTIAL_NOT_KEPT}}';

/**
 * A copy of the scenario to keep and to show: credentials that are written out in it (`auth`, headers that let somebody in, the user of a proxy
 * and, in runs of earlier versions, of the backend) are left out. References (`{{secret.NAME}}`, `{{variable}}`) stay: they give nothing away. The scenario itself when there is nothing to leave out.
 */
export function withoutCredentials(scenario: Scenario): Scenario {
  return {
    ...scenario,
    target: targetWithout(scenario.target),
    nodeTypes: scenario.nodeTypes.map((nodeType) => ({
      ...nodeType,
      onStart: nodeType.onStart.map(stepWithout),
      tasks: nodeType.tasks.map((task) => ({ ...task, steps: task.steps.map(stepWithout) })),
      onStop: nodeType.onStop.map(stepWithout),
    })),
  };
}

function targetWithout(target: Target): Target {
  const { auth, proxy } = target;
  return {
    ...target,
    baseUrl: urlWithoutUser(target.baseUrl),
    headers: headersWithout(target.headers),
    ...(auth ? { auth: authWithout(auth) } : {}),
    ...(proxy === undefined ? {} : { proxy: urlWithoutUser(proxy) }),
  };
}

/** Up to the last `@` before the path: a password may hold one, too. */
function urlWithoutUser(url: string): string {
  return url.replace(/^(https?:\/\/)[^/]*@/i, '$1');
}

function authWithout(auth: NonNullable<Target['auth']>): NonNullable<Target['auth']> {
  return auth.kind === 'bearer'
    ? { ...auth, token: referencesOnly(auth.token) }
    : { ...auth, password: referencesOnly(auth.password) };
}

function stepWithout(step: Step): Step {
  return step.request ? { ...step, request: requestWithout(step.request) } : step;
}

function requestWithout(request: RequestStep): RequestStep {
  return { ...request, headers: headersWithout(request.headers) };
}

function headersWithout(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      CREDENTIAL_HEADERS.includes(name.toLowerCase()) ? referencesOnly(value) : value,
    ]),
  );
}

/** The text if it is made of references, with a scheme before them at the most (`Bearer {{token}}`). */
function referencesOnly(text: string): string {
  return /^(?:[A-Za-z]+ +)?(?:\{\{\s*[\w.-]+\s*\}\}\s*)*$/.test(text) && (text.includes('{{') || text.trim() === '')
    ? text
    : CREDENTIAL_NOT_KEPT;
}
