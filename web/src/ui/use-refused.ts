import { useTranslation } from 'react-i18next';
import type { ApiError } from '../api/error.ts';
import type { FieldProblem } from './states.tsx';

/** What only the service knows to be wrong, such as a number that nobody can have, at its field: by the name the field has in the call. */
export function useRefused(
  fields: Readonly<Record<string, { readonly field: string; readonly label: string }>>,
  error: ApiError | undefined,
): readonly FieldProblem[] {
  const { t } = useTranslation();
  return (error?.fields ?? []).flatMap(({ path, message }) => {
    const at = fields[path.replace(/^body\./, '').replace(/\.\d+$/, '')];
    return at ? [{ field: at.field, message: t('error.field', { label: at.label, message }) }] : [];
  });
}
