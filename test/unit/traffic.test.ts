import { expect, it } from 'vitest';
import { createTraffic } from '../../local/traffic.ts';

it('nobody waits where there are no requests', async () => {
  await createTraffic().giveWay();
});

it('whoever gives way goes on when the last request was answered', async () => {
  const traffic = createTraffic();
  traffic.hear('busy');
  let went = false;
  const going = traffic.giveWay().then(() => {
    went = true;
  });
  await Promise.resolve();
  expect(went).toBe(false);
  traffic.hear('quiet');
  await going;
});

it('does not wait for ever', async () => {
  const traffic = createTraffic(1);
  traffic.hear('busy');
  await traffic.giveWay();
});

it('one that begins in the middle, and hears of an end without a beginning, waits at the next beginning', async () => {
  const traffic = createTraffic(60_000);
  traffic.hear('quiet');
  traffic.hear('busy');
  let went = false;
  const going = traffic.giveWay().then(() => {
    went = true;
  });
  await Promise.resolve();
  expect(went).toBe(false);
  traffic.hear('quiet');
  await going;
});
