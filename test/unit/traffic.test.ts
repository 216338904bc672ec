import { expect, it } from 'vitest';
import { createTraffic } from '../../local/gateway/traffic.ts';

it('lets what nobody waits for begin at once when no request is in hand', async () => {
  await createTraffic().giveWay();
});

it('holds it back until the last request has been answered', async () => {
  const traffic = createTraffic();
  traffic.enter();
  traffic.enter();
  let began = false;
  const waiting = traffic.giveWay().then(() => {
    began = true;
  });
  traffic.leave();
  await new Promise((resolve) => setImmediate(resolve));
  expect(began).toBe(false);
  traffic.leave();
  await waiting;
  expect(began).toBe(true);
});

it('lets it begin after a moment all the same when requests never end', async () => {
  const traffic = createTraffic(1);
  traffic.enter();
  await traffic.giveWay();
  expect(traffic.count()).toBe(1);
});
