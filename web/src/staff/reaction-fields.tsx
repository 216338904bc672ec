import { Checkbox, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import {
  REACTION_GRADES,
  REACTION_KINDS,
  type ReactionGrade,
  type ReactionKind,
} from '../../../shared/domain/vocabulary.ts';
import type { FieldProblem } from '../ui/states.tsx';
import { Options } from './options.tsx';

export type ReactionDraft = { readonly kinds: readonly string[]; readonly grade: string; readonly note: string };
export const NO_REACTION: ReactionDraft = { kinds: [], grade: '', note: '' };

type Reaction = { kinds: ReactionKind[]; grade: ReactionGrade; note?: string };

/** What was filled in, or undefined with what is missing. */
export function reactionOf({ kinds, grade, note }: ReactionDraft): Reaction | undefined {
  const chosen = REACTION_KINDS.filter((kind) => kinds.includes(kind));
  const how = REACTION_GRADES.find((each) => String(each) === grade);
  if (chosen.length === 0 || !how) return undefined;
  return { kinds: chosen, grade: how, ...(note.trim() && { note: note.trim() }) };
}

export function useReactionProblems(): (draft: ReactionDraft) => FieldProblem[] {
  const { t } = useTranslation('work');
  return ({ kinds, grade }) => [
    ...(kinds.length > 0 ? [] : [{ field: `reaction-${REACTION_KINDS[0]}`, message: t('reaction.error.kinds') }]),
    ...(grade ? [] : [{ field: `grade-${REACTION_GRADES[0]}`, message: t('reaction.error.grade') }]),
  ];
}

/** What happened, by the terms that services compare, and how grave it was. Each is a large target. */
export function ReactionFields({
  value,
  set,
  problems,
}: {
  readonly value: ReactionDraft;
  readonly set: (value: ReactionDraft) => void;
  readonly problems: readonly FieldProblem[];
}) {
  const { t } = useTranslation(['work', 'pages']);
  const errorOf = (field: string): string | undefined => problems.find((each) => each.field === field)?.message;
  return (
    <>
      <Checkbox.Group
        label={t('reaction.kinds')}
        description={t('reaction.kindsHint')}
        error={errorOf(`reaction-${REACTION_KINDS[0]}`)}
        value={[...value.kinds]}
        onChange={(kinds) => set({ ...value, kinds })}
      >
        <div className="reaction-kinds">
          {REACTION_KINDS.map((kind) => (
            <Checkbox
              key={kind}
              id={`reaction-${kind}`}
              className="choice"
              value={kind}
              label={t(`reaction.kind.${kind}`)}
            />
          ))}
        </div>
      </Checkbox.Group>
      <Options
        legend={t('reaction.grade')}
        name="grade"
        value={value.grade}
        options={REACTION_GRADES.map((grade) => ({ value: String(grade), label: t(`reaction.grades.${grade}`) }))}
        choose={(grade) => set({ ...value, grade })}
        error={errorOf(`grade-${REACTION_GRADES[0]}`)}
      />
      <TextInput
        id="reaction-note"
        label={`${t('reaction.note')} (${t('pages:common.optional')})`}
        maxLength={200}
        value={value.note}
        onChange={(event) => set({ ...value, note: event.currentTarget.value })}
      />
    </>
  );
}
