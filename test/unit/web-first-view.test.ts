import { describe, expect, it } from 'vitest';
import { addressOf } from '../../web/src/api/call.ts';
import { VIEWS, viewAt } from '../../web/src/first-view/views.ts';

const at = (address: string, today = '2026-11-25') => {
  const { pathname, searchParams } = new URL(address, 'http://here');
  return viewAt(pathname, searchParams, today);
};
const site = { siteId: 'lane' };
const path = (key: string, input: object): string => addressOf(key, input).path;

describe('the first view of an address', () => {
  it.each([
    ['/', '/'],
    ['/donate', '/donate whole-blood'],
    ['/donate/', '/donate whole-blood'],
    ['/donate?procedure=platelets&district=x', '/donate platelets'],
    ['/donate?procedure=anything', '/donate whole-blood'],
    ['/donate/lane?procedure=platelets', '/donate/site platelets'],
    ['/donate/check?site=lane&procedure=whole-blood&date=2026-12-01&slot=a', '/donate/check whole-blood'],
    ['/precheck?site=lane', '/precheck'],
    ['/events', '/events'],
  ])('of %s is drawn for it: %s', (address, name) => {
    expect(at(address).name).toBe(name);
    expect(VIEWS.map((view) => view.name)).toContain(name);
  });

  it.each([
    '/bookings',
    '/precheck/q/weight',
    '/donate/lane/more',
    '/nowhere',
    // What is not whole is not checked.
    '/donate/check',
    '/donate/check?site=lane&date=2026-02-30&slot=a',
  ])('of %s says nothing of a page, and asks nothing', (address) => {
    expect(at(address)).toEqual({ name: 'any', asks: [] });
  });

  it('asks what the page itself would ask first, at the very same address', () => {
    expect(at('/donate').asks).toEqual([path('GET /api/sites', {}), path('GET /api/next-free', {})]);
    const slots = path('GET /api/sites/{siteId}/slots', {
      params: site,
      query: { from: '2026-12-01', to: '2026-12-01', procedure: 'platelets' },
    });
    const days = path('GET /api/sites/{siteId}/days', {
      params: site,
      query: { from: '2026-11-25', to: '2026-12-23', procedure: 'platelets' },
    });
    const its = path('GET /api/sites/{siteId}', { params: site });
    expect(at('/donate/lane?procedure=platelets').asks).toEqual([its, days]);
    expect(at('/donate/lane?procedure=platelets&date=2026-12-01').asks).toEqual([its, days, slots]);
    expect(at('/donate/check?site=lane&procedure=platelets&date=2026-12-01&slot=a').asks).toEqual([its, slots]);
    expect(at('/precheck').asks).toEqual([path('GET /api/precheck/rules', { query: {} }), '/api/sites']);
    expect(at('/precheck?site=lane&pack=us').asks[0]).toBe(
      path('GET /api/precheck/rules', { query: { siteId: 'lane', pack: 'us' } }),
    );
    expect(at('/events').asks).toEqual([path('GET /api/events', { query: { limit: 50 } })]);
  });
});
