import type { Page } from '@playwright/test';

/** Every way to run code of others or to reach another origin, with the line of the policy that has to refuse it, as the browser names it. */
export const REFUSED_BY_POLICY = {
  eval: 'script-src',
  'new Function': 'script-src',
  'a timer with text': 'script-src',
  'an inline script': 'script-src-elem',
  'an inline handler': 'script-src-attr',
  'a javascript: link': 'script-src-elem',
  'a script of another origin': 'script-src-elem',
  'a worker made of text': 'worker-src',
  'a frame': 'frame-src',
  'a plugin': 'object-src',
  'an image': 'img-src',
  'a sound': 'media-src',
  'a style sheet': 'style-src-elem',
  'a font': 'font-src',
  'a fetch': 'connect-src',
  'a beacon': 'connect-src',
  'a WebSocket': 'connect-src',
  'an event source': 'connect-src',
  'another base': 'base-uri',
  'a form': 'form-action',
};

/**
 * Tries them all in a page, towards `elsewhere`, an http address of another origin. Resolves with what refused each, '' when nothing did.
 * Rejects when code ran.
 */
export function attackPolicy(page: Page, elsewhere: string): Promise<Record<string, string>> {
  return page.evaluate(async (foreign) => {
    const add = (name: string, attributes: Record<string, string>, text = '') => {
      const element = document.createElement(name);
      for (const [attribute, value] of Object.entries(attributes)) element.setAttribute(attribute, value);
      element.textContent = text;
      document.body.append(element);
      return element;
    };
    const mark = 'window.ranForeignCode = true';
    const attempts: Record<string, () => unknown> = {
      // biome-ignore lint/security/noGlobalEval: what is tried.
      eval: () => globalThis.eval(mark),
      'new Function': () => new Function(mark)(),
      'a timer with text': () => setTimeout(mark),
      'an inline script': () => add('script', {}, mark),
      'an inline handler': () => add('button', { onclick: mark }).click(),
      'a javascript: link': () => add('a', { href: `javascript:${mark}` }).click(),
      'a script of another origin': () => add('script', { src: `${foreign}/x.js` }),
      'a worker made of text': () => new Worker(URL.createObjectURL(new Blob([mark], { type: 'text/javascript' }))),
      'a frame': () => add('iframe', { src: foreign }),
      'a plugin': () => add('object', { data: `${foreign}/x.swf`, type: 'application/x-shockwave-flash' }),
      'an image': () => add('img', { src: `${foreign}/x.png` }),
      'a sound': () => add('audio', { src: `${foreign}/x.mp3` }),
      'a style sheet': () => add('link', { rel: 'stylesheet', href: `${foreign}/x.css` }),
      'a font': () => new FontFace('Foreign', `url(${foreign}/x.woff2)`).load(),
      'a fetch': () => fetch(foreign, { mode: 'no-cors' }),
      'a beacon': () => navigator.sendBeacon(foreign, 'x'),
      'a WebSocket': () => new WebSocket(foreign.replace('http', 'ws')),
      'an event source': () => new EventSource(foreign),
      'another base': () => add('base', { href: foreign }),
      'a form': () => (add('form', { action: foreign, method: 'post' }) as HTMLFormElement).submit(),
    };
    const refused: Record<string, string> = {};
    const pause = () => new Promise((resolve) => setTimeout(resolve, 50));
    for (const [name, attempt] of Object.entries(attempts)) {
      const told = new Set<string>();
      // The page repeats a part of the policy in itself; what counts here is the one that it was served with.
      const note = ({ effectiveDirective, originalPolicy }: SecurityPolicyViolationEvent) => {
        if (originalPolicy.startsWith("default-src 'none'")) told.add(effectiveDirective);
      };
      document.addEventListener('securitypolicyviolation', note);
      // In a task of its own: for as long as the debugger itself calls, it lets text be carried out.
      setTimeout(async () => {
        try {
          await attempt();
        } catch {
          // Thrown as well as told.
        }
      });
      for (let waits = 0; waits < 40 && told.size === 0; waits++) await pause();
      // What one attempt is told of twice must not count for the next one.
      await pause();
      document.removeEventListener('securitypolicyviolation', note);
      refused[name] = [...told].join(' ');
    }
    if ('ranForeignCode' in window) throw new Error('code of others ran');
    return refused;
  }, elsewhere);
}
