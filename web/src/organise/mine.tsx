import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { EventView } from '../api/types.ts';
import { Work } from '../staff/frame.tsx';
import { Page } from '../ui/page.tsx';
import { Empty, LoadError, Loading, useLanguage } from '../ui/states.tsx';
import { type Desk, useMyEvent } from './use-mine.ts';

export type Mine = {
  readonly event: EventView;
  readonly desk: Desk;
  readonly organisationId: string;
  /** The address of the event among the organiser's pages. */
  readonly own: string;
};

/** A page about one event that the reader runs. */
export function MyEventPage({
  title,
  lead,
  wide = false,
  live = false,
  children,
}: {
  readonly title: string;
  readonly lead?: string;
  readonly wide?: boolean;
  readonly live?: boolean;
  readonly children: (mine: Mine) => ReactNode;
}) {
  return (
    <Work needs="organiser" title={title}>
      {() => (
        <One title={title} {...(lead && { lead })} wide={wide} live={live}>
          {children}
        </One>
      )}
    </Work>
  );
}

function One({
  title,
  lead,
  wide,
  live,
  children,
}: {
  readonly title: string;
  readonly lead?: string;
  readonly wide: boolean;
  readonly live: boolean;
  readonly children: (mine: Mine) => ReactNode;
}) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { organisationId, own, event, missing, desk } = useMyEvent({ live });
  return (
    <Page
      title={title}
      back={event ? own : `/organise/${organisationId}`}
      wide={wide}
      {...(lead && { lead })}
      {...(event && { eyebrow: event.title[language] })}
    >
      {missing ? (
        <Empty title={t('error.code.not-found')} />
      ) : desk.error && !desk.data ? (
        <LoadError error={desk.error} retry={() => void desk.refetch()} />
      ) : !desk.data || !event ? (
        <Loading />
      ) : (
        children({ event, desk: desk.data, organisationId, own })
      )}
    </Page>
  );
}
