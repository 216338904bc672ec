import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApiError } from '../api/error.ts';
import { Empty, LinkButton } from './states.tsx';

/** What a page says that was left open while its booking was changed elsewhere. */
export function NoLonger({ own }: { readonly own: string }) {
  const { t } = useTranslation();
  return (
    <Empty title={t('find.noLonger')}>
      <LinkButton to={own}>{t('find.see')}</LinkButton>
    </Empty>
  );
}

/** Looks at the booking again when an action was refused for the state it is in. */
export function useFreshAfter(error: ApiError | undefined, refetch: () => unknown): void {
  const stale = error?.code === 'wrong-state' || error?.code === 'changed-meanwhile';
  useEffect(() => {
    if (stale) void refetch();
  }, [stale, refetch]);
}
