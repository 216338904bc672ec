import { NativeSelect, TextInput } from '@mantine/core';
import { DOCUMENT_NAMES } from '../../../shared/domain/document-names.ts';
import { DOCUMENT_TYPES, type DocumentType } from '../../../shared/domain/vocabulary.ts';
import { useLanguage } from './states.tsx';

export type DocumentTyped = { readonly type: DocumentType; readonly number: string };
export const NO_DOCUMENT: DocumentTyped = { type: 'resident', number: '' };

/** An identity document as it is typed: which, and its number. */
export function DocumentFields({
  value,
  set,
  labels,
  hint,
  error,
}: {
  readonly value: DocumentTyped;
  readonly set: (value: DocumentTyped) => void;
  readonly labels: { readonly type: string; readonly number: string };
  readonly hint?: string;
  readonly error: string | undefined;
}) {
  const language = useLanguage();
  return (
    <>
      <NativeSelect
        id="document-type"
        label={labels.type}
        value={value.type}
        onChange={({ currentTarget }) =>
          set({ ...value, type: DOCUMENT_TYPES.find((each) => each === currentTarget.value) ?? 'resident' })
        }
        data={DOCUMENT_TYPES.map((type) => ({ value: type, label: DOCUMENT_NAMES[type][language] }))}
      />
      <TextInput
        id="document-number"
        label={labels.number}
        {...(hint && { description: hint })}
        value={value.number}
        error={error}
        maxLength={40}
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        onChange={({ currentTarget }) => set({ ...value, number: currentTarget.value })}
      />
    </>
  );
}
