import { createContext, useContext, useState } from 'react';
import type { PolicyPack } from '../../../shared/domain/policy-pack.ts';
import {
  assess,
  type PrecheckAnswer,
  questionsFor,
  standingOf,
  type Verdict,
} from '../../../shared/domain/precheck.ts';
import type { EligibilityFacts } from '../../../shared/domain/refusal.ts';
import { type LocalDate, PROCEDURES, type Procedure } from '../../../shared/domain/vocabulary.ts';
import type { ApiError } from '../api/error.ts';
import { useApi } from '../api/hooks.ts';
import { useSession } from '../auth/use-session.ts';
import { dateIn } from '../lib/time.ts';
import { answersOf, type Draft, dropDraft, factsOf, readDraft, type Stop, stopsOf, writeDraft } from './draft.ts';

/** Everything the pages of the check stand on, made anew from what is kept and what was told in this tab. */
export type Precheck = {
  readonly pack: PolicyPack;
  readonly today: LocalDate;
  readonly siteId: string | undefined;
  readonly procedures: readonly Procedure[];
  readonly signedIn: boolean;
  readonly draft: Draft;
  readonly set: (change: Draft) => void;
  readonly clear: () => void;
  /** What the service knows of the rules' facts; undefined without an account. */
  readonly known: EligibilityFacts | undefined;
  readonly kept: readonly PrecheckAnswer[];
  readonly version: number;
  /** Answers whose days are all told, the kept ones among them. */
  readonly answers: readonly PrecheckAnswer[];
  readonly facts: EligibilityFacts;
  readonly stops: readonly Stop[];
  /** The first page that still wants an answer. */
  readonly open: Stop | undefined;
  /** Kept answers of which some want a word that they still hold. */
  readonly expired: boolean;
  /** Told here and not kept yet. */
  readonly unsaved: boolean;
  readonly verdicts: () => readonly Verdict[];
};

export const PrecheckContext = createContext<Precheck | undefined>(undefined);

export function usePrecheck(): Precheck {
  const here = useContext(PrecheckContext);
  if (!here) throw new Error('outside of the check');
  return here;
}

export type Loaded =
  | { readonly precheck: Precheck }
  | { readonly error: ApiError; readonly retry: () => void }
  | undefined;

/** `packId`: other rules than the site's, for somebody who wants to see them. */
export function useLoadedPrecheck(siteId: string | undefined, packId: string | undefined): Loaded {
  const signedIn = useSession() !== undefined;
  const query = { ...(siteId && { siteId }) };
  const rules = useApi(
    'GET /api/precheck/rules',
    { query: { ...query, ...(packId && { pack: packId }) } },
    { staleTime: 300_000 },
  );
  const sites = useApi('GET /api/sites', {}, { staleTime: 60_000 });
  const mine = useApi('GET /api/precheck', { query }, { enabled: signedIn });
  const [draft, setDraft] = useState(readDraft);
  const error = rules.error ?? sites.error ?? (signedIn ? mine.error : null);
  if (error) {
    const retry = (): void => {
      for (const each of [rules, sites, mine]) if (each.error) void each.refetch();
    };
    return { error, retry };
  }
  if (!rules.data || !sites.data || (signedIn && !mine.data)) return undefined;

  const pack = rules.data.pack as unknown as PolicyPack;
  const today = dateIn(rules.data.zone, new Date());
  const site = sites.data.items.find((it) => it.siteId === siteId);
  const offered = site?.procedures ?? sites.data.items.flatMap(({ procedures }) => procedures);
  const procedures = PROCEDURES.filter((each) => offered.includes(each));
  // Answers to one country's questions are no answers to another's.
  const own: Draft = draft.packId === undefined || draft.packId === pack.id ? draft : { ...draft, answers: {} };
  const kept = (mine.data?.packId === pack.id ? mine.data.answers : []) as readonly PrecheckAnswer[];
  const known = signedIn ? (mine.data?.facts as unknown as EligibilityFacts) : undefined;
  const facts = factsOf(own, known, pack);
  const questions = questionsFor(pack, { sex: facts.sex, procedures });
  const { whole } = answersOf(questions, own, kept);
  const stops = stopsOf({ pack, draft: own, known, kept, procedures, today });
  const set = (change: Draft): void => {
    const next = { ...own, ...change, packId: pack.id };
    writeDraft(next);
    setDraft(next);
  };
  const clear = (): void => {
    dropDraft();
    setDraft({});
  };
  return {
    precheck: {
      pack,
      today,
      siteId,
      procedures,
      signedIn,
      draft: own,
      set,
      clear,
      known,
      kept,
      version: mine.data?.version ?? 0,
      answers: whole,
      facts,
      stops,
      open: stops.find(({ done }) => !done),
      expired: questions.some(
        (question) => !own.answers?.[question.id] && standingOf(pack, question, kept, today) === 'expired',
      ),
      unsaved: Object.keys(own.answers ?? {}).length > 0,
      verdicts: () => assess(pack, facts, whole, today, procedures),
    },
  };
}
