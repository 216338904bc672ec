import type { desk } from '../../../shared/contract/desk.ts';
import { parseDin } from '../../../shared/domain/din.ts';
import type { SiteItem } from '../../../shared/store/items/index.ts';
import { enterLate, type OnPaper } from '../../../shared/store/transactions/enter-late.ts';
import type { RouteHandler, RouteRequest } from '../../runtime/area-handler.ts';
import { type FieldFault, ProblemError } from '../../runtime/problem.ts';
import { coveredBooking, coveredSite } from './covered.ts';
import type { DeskDeps } from './deps.ts';
import { bookingView, reasonView } from './views.ts';

type Routes = (typeof desk)['routes'];
type Row = RouteRequest<Routes['POST /api/desk/late']>['body'];

export const enterRow: RouteHandler<Routes['POST /api/desk/late'], DeskDeps> = async (
  { actor, body, idempotency, language },
  deps,
) => {
  const { siteId, who, at } = body;
  const site = await coveredSite(deps, actor, siteId);
  if ('bookingId' in who && (await coveredBooking(deps, actor, who.bookingId)).containerId !== siteId) {
    throw new ProblemError('not-found');
  }
  if ('personId' in who && body.paper.kind === 'no-show') throw wrong('paper.kind', 'not-allowed');
  const row = { who, at, paper: onPaper(body, site), by: actor.personId, auditId: deps.newId(), idempotency };
  const answer = await enterLate(deps.engine, site, row);
  switch (answer.kind) {
    case 'done':
      return {
        booking: bookingView(answer.booking),
        doubts: answer.doubts.map((reason) => reasonView(reason, language)),
      };
    case 'bad-time':
      throw wrong('at', answer.why);
    case 'bad-since':
      throw wrong('paper.since', 'not-allowed');
    case 'unknown-reason':
      throw wrong('paper.reason', 'not-allowed');
    case 'no-slot':
      throw wrong('who.procedure', 'not-allowed');
    case 'key-reused':
      throw new ProblemError('idempotency-key-reused');
    default:
      throw new ProblemError(answer.kind);
  }
};

const wrong = (path: string, why: FieldFault): ProblemError =>
  new ProblemError('invalid-input', { fields: [{ path, why }] });

/** The row with its donation number in the stored form; a damaged one is refused, never guessed. */
function onPaper({ paper }: Row, site: SiteItem): OnPaper {
  if (paper.kind !== 'given') return paper;
  const din = parseDin(paper.din, site.dinScheme);
  if (!din.ok) throw new ProblemError('din-invalid');
  if (!site.procedures.includes(paper.procedure)) throw wrong('paper.procedure', 'not-allowed');
  return { ...paper, din: din.din };
}
