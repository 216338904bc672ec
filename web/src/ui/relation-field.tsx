import { NativeSelect } from '@mantine/core';
import { GUARDIAN_RELATIONS, type GuardianRelation } from '../../../shared/domain/vocabulary.ts';

/** What a guardian is to whom they answer for. */
export function RelationField({
  label,
  pick,
  nameOf,
  value,
  set,
  error,
}: {
  readonly label: string;
  readonly pick: string;
  readonly nameOf: (relation: GuardianRelation) => string;
  readonly value: string;
  readonly set: (value: string) => void;
  readonly error: string | undefined;
}) {
  return (
    <NativeSelect
      id="relation"
      label={label}
      value={value}
      error={error}
      onChange={({ currentTarget }) => set(currentTarget.value)}
      data={[{ value: '', label: pick }, ...GUARDIAN_RELATIONS.map((each) => ({ value: each, label: nameOf(each) }))]}
    />
  );
}
