import type { RouteOutput } from '../../../shared/contract/define.ts';
import type { me } from '../../../shared/contract/me.ts';
import { EXPORT_PARTS, type ExportPart } from '../../../shared/domain/vocabulary.ts';
import { createGuardians } from '../../../shared/store/guardians.ts';
import { exportDeclared } from '../../../shared/store/health-answers.ts';
import type { InsuredItem, WaitItem } from '../../../shared/store/items/index.ts';
import { indexes, keys } from '../../../shared/store/keys.ts';
import type { RouteHandler, RouteRequest } from '../../runtime/area-handler.ts';
import { guardianView } from '../../runtime/guardian-view.ts';
import { exportService } from '../../runtime/hours-view.ts';
import { pageAnswer, pageOf } from '../../runtime/page.ts';
import type { MeDeps } from './deps.ts';
import { listMyBookings } from './list-bookings.ts';
import { listMyDonations } from './list-donations.ts';
import { listMyMessages } from './list-messages.ts';
import { personView } from './person-view.ts';

type Routes = (typeof me)['routes'];
type Export = Routes['GET /api/me/export'];
type Request = Pick<RouteRequest<Export>, 'actor' | 'claims' | 'device' | 'language'> & {
  readonly query: { readonly cursor?: string | undefined; readonly limit?: number | undefined };
};
type PartOf<Part extends ExportPart> = {
  readonly items: Extract<RouteOutput<Export>, { part: Part }>['items'];
  readonly cursor?: string | undefined;
};

type DeclaredView = PartOf<'declared'>['items'][number];

/** What each route of a page of mine answers, so that nothing can be exported, or told from what is missing, that is not shown there. */
const PARTS: { readonly [Part in ExportPart]: (request: Request, deps: MeDeps) => Promise<PartOf<Part>> } = {
  profile: async ({ actor }, deps) => {
    const [view, lock] = await Promise.all([personView(deps, actor.personId), deps.people.lock(actor.personId)]);
    const qualifications = (lock?.facts.qualifications ?? []).map(({ qualification, by, until }) => ({
      qualification,
      confirmed: by !== undefined,
      ...(until && { until }),
    }));
    return { items: [{ ...view, qualifications }] };
  },
  bookings: async (request, deps) => await listMyBookings(asList(request), deps),
  waits: async ({ actor, query }, deps) => {
    const pk = indexes.waiter(actor.personId);
    const page = pageOf(query, { pkName: 'gsi1pk', pk });
    const waits = await deps.store.query<WaitItem>({ index: 'gsi1', pk, newestFirst: true, ...page });
    return pageAnswer(waits, (wait) => ({ ...wait, kind: wait.slotKind }));
  },
  service: async ({ actor }, deps) => ({ items: [await exportService(deps.store, actor.personId)] }),
  guardians: async ({ actor }, deps) => ({
    items: (await createGuardians(deps.store).ofPerson(actor.personId)).map(guardianView),
  }),
  insurance: async ({ actor: { personId } }, deps) => {
    const item = await deps.store.get<InsuredItem>(keys.insured(personId), { consistent: true, table: 'private' });
    return { items: item?.type ? [{ type: item.type, at: item.at, byOrganiser: item.by !== personId }] : [] };
  },
  donations: async (request, deps) => await listMyDonations(asList(request), deps),
  messages: async (request, deps) => await listMyMessages(asList(request), deps),
  declared: async ({ actor }, deps) => ({
    items: [(await exportDeclared(deps.store, actor.personId)) as DeclaredView],
  }),
};

const asList = (request: Request) => ({ ...request, params: undefined, body: undefined, idempotency: undefined });

/** A page of a part; the caller goes on with its cursor, then with the next part. */
export const exportMe: RouteHandler<Export, MeDeps> = async (request, deps) => {
  const { part = EXPORT_PARTS[0], ...query } = request.query;
  const page: { items: readonly unknown[]; cursor?: string | undefined } = await PARTS[part](
    { ...request, query },
    deps,
  );
  const next = page.cursor === undefined ? EXPORT_PARTS[EXPORT_PARTS.indexOf(part) + 1] : undefined;
  return { ...page, part, ...(next && { next }) } as RouteOutput<Export>;
};
