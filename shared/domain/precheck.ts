import { addSpan, earlierFirst } from './dates.ts';
import { decideDonation, earliestDonation } from './eligibility.ts';
import type { DeferralRule, PolicyPack, Question, QuestionOption } from './policy-pack.ts';
import type { DeclaredWaits, EligibilityFacts, Refusal, Wait } from './refusal.ts';
import { type LocalDate, PROCEDURES, type Procedure, type Sex } from './vocabulary.ts';

/** What somebody said applies to them. `ended`: the day their wait counts from; absent while it is still going on. */
export type DeclaredEvent = { readonly code: string; readonly ended?: LocalDate };

/** The answer to one question of a pack; no events: none of it applies. */
export type PrecheckAnswer = {
  readonly question: string;
  readonly answeredOn: LocalDate;
  readonly events: readonly DeclaredEvent[];
};

/** May this be given, why not, and from when; no `from`: waiting alone does not help. */
export type Verdict = {
  readonly procedure: Procedure;
  readonly ok: boolean;
  readonly from?: LocalDate;
  readonly reasons: readonly Refusal[];
};

/** The questions for somebody of this sex who would give by one of these procedures, in the pack's order. */
export const questionsFor = (
  pack: PolicyPack,
  { sex, procedures = PROCEDURES }: { readonly sex?: Sex | undefined; readonly procedures?: readonly Procedure[] },
): readonly Question[] =>
  pack.questions.filter(
    (question) =>
      (question.sex === undefined || question.sex === sex) &&
      question.options.some(({ code }) => procedures.some((procedure) => touches(ruleOf(pack, code), procedure))),
  );

/** A page of the guided check: a question, or the day of something that was said to apply. */
export type Step =
  | { readonly kind: 'question'; readonly question: Question }
  | { readonly kind: 'when'; readonly question: Question; readonly option: QuestionOption };

/** The pages in their order, each question followed by the days it needs; what cannot have ended yet needs none. */
export const stepsOf = (questions: readonly Question[], answers: readonly PrecheckAnswer[]): readonly Step[] =>
  questions.flatMap((question): Step[] => [
    { kind: 'question', question },
    ...question.options
      .filter(({ code, when }) => when !== undefined && eventsOf(answers, question).some((it) => it.code === code))
      .map((option): Step => ({ kind: 'when', question, option })),
  ]);

const eventsOf = (answers: readonly PrecheckAnswer[], { id }: Question): readonly DeclaredEvent[] =>
  answers.find(({ question }) => question === id)?.events ?? [];

const ruleOf = (pack: PolicyPack, code: string): DeferralRule | undefined =>
  pack.deferrals.find((rule) => rule.code === code);
const touches = (rule: DeferralRule | undefined, procedure: Procedure): boolean =>
  rule !== undefined && (rule.procedure === undefined || rule.procedure === procedure);

/**
 * When what somebody said is over. A cause that is still there is over at the earliest its wait after the day they said so;
 * one without a fixed wait nobody can tell.
 */
function waitOf(rule: DeferralRule, { ended }: DeclaredEvent, answeredOn: LocalDate): Wait {
  if (!rule.after) return ended ?? 'open';
  return addSpan(ended ?? answeredOn, rule.after);
}

type Declared = { readonly rule: DeferralRule; readonly wait: Wait; readonly ongoing: boolean };

const declaredBy = (pack: PolicyPack, answers: readonly PrecheckAnswer[]): readonly Declared[] =>
  answers.flatMap(({ events, answeredOn }) =>
    events.flatMap((event) => {
      const rule = ruleOf(pack, event.code);
      return rule ? [{ rule, wait: waitOf(rule, event, answeredOn), ongoing: event.ended === undefined }] : [];
    }),
  );

/** The dates that a booking decides on, and nothing of what they follow from; undefined when the answers hold nobody back. */
export function declaredWaits(
  pack: PolicyPack,
  answers: readonly PrecheckAnswer[],
  on: LocalDate,
): DeclaredWaits | undefined {
  let waits: DeclaredWaits = {};
  for (const { rule, wait } of declaredBy(pack, answers)) {
    if (wait <= on) continue;
    const { procedure } = rule;
    waits = procedure
      ? { ...waits, untilFor: { ...waits.untilFor, [procedure]: laterOf(waits.untilFor?.[procedure], wait) } }
      : { ...waits, until: laterOf(waits.until, wait) };
  }
  return waits.until || waits.untilFor ? waits : undefined;
}

/** `open` sorts after every date. */
const laterOf = (held: Wait | undefined, wait: Wait): Wait => (held !== undefined && held > wait ? held : wait);

/** Facts under new answers for a pack; those for other packs stay. */
export function withDeclared(
  facts: EligibilityFacts,
  packId: string,
  waits: DeclaredWaits | undefined,
): EligibilityFacts {
  const { declared, ...rest } = facts;
  const others = Object.fromEntries(Object.entries(declared ?? {}).filter(([id]) => id !== packId));
  const all = waits ? { ...others, [packId]: waits } : others;
  return Object.keys(all).length > 0 ? { ...rest, declared: all } : rest;
}

/**
 * Whether somebody may give on a date, per procedure, by the rules and by their own answers, each reason with its rule,
 * source and date. It agrees with what a booking is decided on, and says of an answer what that must not.
 */
export function assess(
  pack: PolicyPack,
  facts: EligibilityFacts,
  answers: readonly PrecheckAnswer[],
  on: LocalDate,
  procedures: readonly Procedure[] = PROCEDURES,
): readonly Verdict[] {
  const bare = withDeclared(facts, pack.id, undefined);
  const full = withDeclared(facts, pack.id, declaredWaits(pack, answers, on));
  const declared = declaredBy(pack, answers);
  return procedures.map((procedure) => {
    const decision = decideDonation(pack, bare, { procedure, date: on });
    const reasons = [
      ...(decision.ok ? [] : decision.reasons),
      ...declared
        .filter(({ rule, wait }) => touches(rule, procedure) && wait > on)
        .map(
          ({ rule, wait, ongoing }): Refusal => ({
            code: 'own-answers',
            rule: rule.rule,
            source: rule.source,
            mark: rule.mark,
            cause: rule.label,
            ...(wait !== 'open' && { from: wait }),
            ...(ongoing && { params: { ongoing: 1 } }),
          }),
        ),
    ];
    const from = earliestDonation(pack, full, procedure, on);
    return { procedure, ok: reasons.length === 0, ...(from && { from }), reasons };
  });
}

/** Whether an answer is still taken as true: `missing` was never given, `expired` wants a word that it still holds. */
export function standingOf(
  pack: PolicyPack,
  question: Question,
  answers: readonly PrecheckAnswer[],
  on: LocalDate,
): 'missing' | 'expired' | 'held' {
  const answer = answers.find((it) => it.question === question.id);
  if (!answer) return 'missing';
  const ends = [addSpan(answer.answeredOn, question.keeps), ...guessedEnds(pack, answer)];
  return ends.some((end) => end <= on) ? 'expired' : 'held';
}

/** What had not ended when it was said may have by now, or may still be there: from its earliest end on it is asked again. */
const guessedEnds = (pack: PolicyPack, { answeredOn, events }: PrecheckAnswer): readonly LocalDate[] =>
  events
    .filter(({ ended }) => ended === undefined)
    .flatMap((event) => {
      const rule = ruleOf(pack, event.code);
      return rule?.after ? [addSpan(answeredOn, rule.after)] : [];
    })
    .toSorted(earlierFirst);

/** The same answers, said to be still true today. What no longer holds anybody back is not kept. */
export const renewed = (
  pack: PolicyPack,
  answers: readonly PrecheckAnswer[],
  on: LocalDate,
): readonly PrecheckAnswer[] =>
  answers.map((answer) => ({
    ...answer,
    answeredOn: on,
    events: answer.events.filter((event) => {
      const rule = ruleOf(pack, event.code);
      return rule !== undefined && waitOf(rule, event, on) > on;
    }),
  }));

export type AnswerFault = {
  readonly path: readonly (string | number)[];
  readonly why: 'not-allowed' | 'repeated' | 'missing' | 'too-early' | 'too-late';
};

/** Nobody is asked further back than anyone lives. */
const LIFETIME_YEARS = 120;

/** What is wrong with answers that are to be kept on a date; a pack's questions, each at most once, with days that can be. */
export function answerFaults(
  pack: PolicyPack,
  answers: readonly PrecheckAnswer[],
  on: LocalDate,
): readonly AnswerFault[] {
  const faults: AnswerFault[] = [];
  const oldest = addSpan(on, { value: -LIFETIME_YEARS, unit: 'year' });
  const seen = new Set<string>();
  for (const [n, { question: id, answeredOn, events }] of answers.entries()) {
    const fault = (why: AnswerFault['why'], ...path: (string | number)[]) => faults.push({ path: [n, ...path], why });
    const question = pack.questions.find((it) => it.id === id);
    if (!question) fault('not-allowed', 'question');
    if (seen.has(id)) fault('repeated', 'question');
    seen.add(id);
    if (answeredOn > on) fault('too-late', 'answeredOn');
    const codes = new Set<string>();
    for (const [m, { code, ended }] of events.entries()) {
      const option = question?.options.find((it) => it.code === code);
      if (question && !option) fault('not-allowed', 'events', m, 'code');
      if (codes.has(code)) fault('repeated', 'events', m, 'code');
      codes.add(code);
      if (option && ended === undefined && !option.still) fault('missing', 'events', m, 'ended');
      if (option && ended !== undefined && !option.when) fault('not-allowed', 'events', m, 'ended');
      if (ended !== undefined && ended > answeredOn) fault('too-late', 'events', m, 'ended');
      if (ended !== undefined && ended < oldest) fault('too-early', 'events', m, 'ended');
    }
  }
  return faults;
}
