import type { PolicyPack, Question } from '../../../shared/domain/policy-pack.ts';
import { type PrecheckAnswer, questionsFor, type Step, standingOf, stepsOf } from '../../../shared/domain/precheck.ts';
import type { EligibilityFacts, PastDonation } from '../../../shared/domain/refusal.ts';
import type { LocalDate, Procedure, Sex } from '../../../shared/domain/vocabulary.ts';
import { tabStorage } from '../lib/storage.ts';

/** What was chosen on a question's page; `days` are told on the pages after it, `still` where it has not ended. */
export type DraftAnswer = {
  readonly answeredOn: LocalDate;
  readonly codes: readonly string[];
  readonly days: Readonly<Record<string, LocalDate | 'still'>>;
};
/** What somebody has told in this tab, and what is kept nowhere else until they agree to it. */
export type Draft = {
  readonly packId?: string;
  readonly birthDate?: LocalDate;
  readonly sex?: Sex;
  readonly weightKg?: number;
  /** What was given before; a date once it was told. */
  readonly past?: readonly Procedure[];
  readonly pastOn?: Readonly<Partial<Record<Procedure, LocalDate>>>;
  readonly answers?: Readonly<Record<string, DraftAnswer>>;
};

const NAME = 'nuanliu.precheck';

export function readDraft(): Draft {
  try {
    return JSON.parse(tabStorage.getItem(NAME) ?? '{}') as Draft;
  } catch {
    return {};
  }
}
export const writeDraft = (draft: Draft): void => tabStorage.setItem(NAME, JSON.stringify(draft));
export const dropDraft = (): void => tabStorage.removeItem(NAME);

/** A kept answer as the pages hold it while it is changed. */
const draftOf = ({ answeredOn, events }: PrecheckAnswer): DraftAnswer => ({
  answeredOn,
  codes: events.map(({ code }) => code),
  days: Object.fromEntries(events.map(({ code, ended }) => [code, ended ?? 'still'])),
});

export const draftAnswer = (
  draft: Draft,
  kept: readonly PrecheckAnswer[],
  questionId: string,
): DraftAnswer | undefined => {
  const answer = kept.find(({ question }) => question === questionId);
  return draft.answers?.[questionId] ?? (answer && draftOf(answer));
};

/** The kept answers with those of the draft in their place; `whole` where no day is missing. */
export function answersOf(
  questions: readonly Question[],
  draft: Draft,
  kept: readonly PrecheckAnswer[],
): { all: readonly PrecheckAnswer[]; whole: readonly PrecheckAnswer[] } {
  const all: PrecheckAnswer[] = [];
  const whole: PrecheckAnswer[] = [];
  for (const question of questions) {
    const own = draftAnswer(draft, kept, question.id);
    if (!own) continue;
    const dated = own.codes.map((code) => ({ code, day: dayOf(question, own, code) }));
    const answer: PrecheckAnswer = {
      question: question.id,
      answeredOn: own.answeredOn,
      events: dated.map(({ code, day }) => (day && day !== 'still' ? { code, ended: day } : { code })),
    };
    all.push(answer);
    if (dated.every(({ day }) => day !== undefined)) whole.push(answer);
  }
  return { all, whole };
}

/** What cannot have ended needs no day. */
const dayOf = (question: Question, own: DraftAnswer, code: string): LocalDate | 'still' | undefined =>
  own.days[code] ?? (question.options.find((it) => it.code === code)?.when ? undefined : 'still');

const NOTHING: EligibilityFacts = {
  donations: [],
  repeatDonor: false,
  reactionRecorded: false,
  wantsExtendedAge: false,
};

/** What the rules know: what is kept, and what was told here where nothing is. */
export function factsOf(draft: Draft, known: EligibilityFacts | undefined, pack: PolicyPack): EligibilityFacts {
  const { birthDate, sex, weightKg } = { ...draft, ...known };
  const told = known ? [] : pastOf(draft, pack);
  return {
    ...(known ?? NOTHING),
    ...(birthDate && { birthDate }),
    ...(sex && { sex }),
    ...(weightKg !== undefined && { weightKg }),
    ...(told.length > 0 && { donations: told, repeatDonor: true }),
  };
}

/** The donations somebody without an account spoke of; of the most that the rules let be drawn, since it was not asked. */
export const pastOf = (draft: Draft, pack: PolicyPack): readonly PastDonation[] =>
  (draft.past ?? []).flatMap((procedure) => {
    const date = draft.pastOn?.[procedure];
    const bags = pack.volumes.filter((it) => it.procedure === procedure).flatMap(({ allowed }) => allowed);
    const bag = bags.at(-1);
    return date && bag
      ? [{ date, procedure, volumeMl: bag.maxMl, ...(bag.platelets && { platelets: bag.platelets }) }]
      : [];
  });

/** One page of the way: its name in the address, and whether it has been answered. */
export type Stop = {
  readonly name: string;
  readonly kind: 'birth-date' | 'sex' | 'weight' | 'past' | 'past-when' | 'question' | 'when';
  readonly done: boolean;
  readonly procedure?: Procedure;
  readonly step?: Step;
};

/** Every page in its order; those of what is known already, and has not to be asked again, are done. */
export function stopsOf(input: {
  readonly pack: PolicyPack;
  readonly draft: Draft;
  readonly known: EligibilityFacts | undefined;
  readonly kept: readonly PrecheckAnswer[];
  readonly procedures: readonly Procedure[];
  readonly today: LocalDate;
}): readonly Stop[] {
  const { pack, draft, known, kept, procedures, today } = input;
  const facts = factsOf(draft, known, pack);
  const questions = questionsFor(pack, { sex: facts.sex, procedures });
  const { all } = answersOf(questions, draft, kept);
  const told: Stop[] = [
    ...(known?.birthDate
      ? []
      : [{ name: 'birth-date', kind: 'birth-date', done: facts.birthDate !== undefined } as const]),
    ...(known?.sex ? [] : [{ name: 'sex', kind: 'sex', done: facts.sex !== undefined } as const]),
    ...(known?.weightKg === undefined
      ? [{ name: 'weight', kind: 'weight', done: facts.weightKg !== undefined } as const]
      : []),
    ...(known ? [] : [{ name: 'past', kind: 'past', done: draft.past !== undefined } as const]),
    ...(known ? [] : (draft.past ?? [])).map(
      (procedure): Stop => ({
        name: `past-${procedure}`,
        kind: 'past-when',
        procedure,
        done: draft.pastOn?.[procedure] !== undefined,
      }),
    ),
  ];
  const asked = stepsOf(questions, all).map((step): Stop => {
    const own = draftAnswer(draft, kept, step.question.id);
    if (step.kind === 'question') {
      const fresh = draft.answers?.[step.question.id] !== undefined;
      const done = fresh || standingOf(pack, step.question, kept, today) === 'held';
      return { name: step.question.id, kind: 'question', done, step };
    }
    const done = own !== undefined && dayOf(step.question, own, step.option.code) !== undefined;
    return { name: `${step.question.id}--${step.option.code}`, kind: 'when', done, step };
  });
  return [...told, ...asked];
}
