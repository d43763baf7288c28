import { describe, expect, it } from 'vitest';
import { ROUTE_NAMES } from '../../../src/shared/api/route-names';
import { ROUTES } from '../../../src/shared/api/routes';
import { ApiHost } from './support/api-host';

describe('inputs of the API', () => {
  it('has a name for every route', () => {
    expect([...ROUTE_NAMES].sort()).toEqual(Object.keys(ROUTES).sort());
  });

  it('names the field that is wrong', async () => {
    const host = new ApiHost();
    const error = await host.refusal('runs.window', { id: 1, window: { from: 0, to: 'late' } });
    expect(error.message).toContain('window.to: ');
    expect(error.details).toMatchObject([{ path: 'window.to' }]);
  });

  it.each(['runs.nothing', '__proto__', 'constructor', 'toString', ''])('has no route %j', async (name) => {
    expect(await new ApiHost().refusal(name, {})).toMatchObject({ code: 'not-found' });
  });

  it('refuses every call once it is closed', async () => {
    const host = new ApiHost();
    await host.api.close();
    expect(await host.refusal('app.info', {})).toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('closing'),
    });
  });

  it('tells an unexpected error as a sentence and logs where it came from', async () => {
    const host = new ApiHost();
    host.store.listRuns = () => Promise.reject(new RangeError('secret detail'));
    const error = await host.refusal('runs.list', {});
    expect(error.code).toBe('internal');
    expect(error.message).not.toContain('secret detail');
    expect(host.logged.join('\n')).toMatch(/runs\.list failed: RangeError: secret detail\n\s+at /);
  });

  it('goes on when a listener fails', async () => {
    const host = new ApiHost();
    host.api.on('settings.changed', () => {
      throw new Error('listener broke');
    });
    await host.call('settings.set', { theme: 'dark' });
    expect(host.eventsOf('settings.changed')).toHaveLength(1);
    expect(host.logged.join()).toContain('listener broke');
  });
});
