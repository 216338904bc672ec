import type * as z from 'zod';
import type { Block, BlockCount } from '../../../shared/contract/blocks.ts';
import type { BlockItem, SiteItem } from '../../../shared/store/items/index.ts';
import { takenOf } from '../../../shared/store/slots.ts';
import { nowOf } from '../../../shared/store/transactions/deps.ts';
import type { BlockAnswer } from '../../../shared/store/transactions/make-block.ts';
import { type Actor, requireSite } from '../../runtime/actor.ts';
import { colleagues } from '../../runtime/colleagues.ts';
import { ProblemError } from '../../runtime/problem.ts';
import type { BlocksDeps } from './deps.ts';

/** A site the caller works at. */
export async function coveredSite(deps: BlocksDeps, actor: Actor, siteId: string): Promise<SiteItem> {
  requireSite(actor, siteId);
  const site = await deps.sites.get(siteId);
  if (!site) throw new ProblemError('not-found');
  return site;
}

/** Heads per time, from the counts of the places: no booking is read, so that nothing of one can be told. */
export async function headcount(deps: BlocksDeps, block: BlockItem): Promise<z.input<typeof BlockCount>[]> {
  return await Promise.all(
    block.times.map(async ({ slotId, places, date, startsAt, endsAt, procedure }) => {
      const booked = takenOf(await deps.slots.pools(slotId, { consistent: false }));
      return { date, startsAt, endsAt, procedure, reserved: places, booked };
    }),
  );
}

export async function blockViews(deps: BlocksDeps, blocks: readonly BlockItem[]): Promise<z.input<typeof Block>[]> {
  const nameOf = await colleagues(
    deps.people,
    blocks.map(({ by }) => by),
  );
  return await Promise.all(
    blocks.map(async (block) => ({
      blockId: block.blockId,
      siteId: block.siteId,
      zone: block.zone,
      unit: block.unit,
      code: block.code,
      headcountCode: block.headcountCode,
      until: block.until,
      ended: block.until <= nowOf(deps),
      times: await headcount(deps, block),
      by: nameOf(block.by),
      createdAt: block.createdAt,
      version: block.version,
    })),
  );
}

export async function answered(deps: BlocksDeps, answer: BlockAnswer): Promise<z.input<typeof Block>> {
  switch (answer.kind) {
    case 'done': {
      const [view] = await blockViews(deps, [answer.block]);
      if (view) return view;
      throw new ProblemError('not-found');
    }
    case 'key-reused':
      throw new ProblemError('idempotency-key-reused');
    case 'taken':
      throw new ProblemError('places-taken', {
        fields: [{ path: `slots.${answer.nth}.places`, why: 'only-free', params: { free: answer.free } }],
      });
    case 'fault':
      throw new ProblemError('invalid-input', { fields: [{ path: answer.path, why: answer.why }] });
    case 'too-many':
      throw new ProblemError('invalid-input', { fields: [{ path: 'slots', why: 'too-big' }] });
    default:
      throw new ProblemError(answer.kind);
  }
}
