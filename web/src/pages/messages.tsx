import { Button } from '@mantine/core';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { usePages } from '../api/hooks.ts';
import type { Message } from '../api/types.ts';
import { addDays, dateIn, moment, timeOf } from '../lib/time.ts';
import { SignedIn } from '../ui/gate.tsx';
import { Page } from '../ui/page.tsx';
import { Empty, LoadError, Loading, useLanguage } from '../ui/states.tsx';

export function MessagesPage() {
  const { t } = useTranslation();
  return <SignedIn title={t('texts.title')}>{() => <Mine />}</SignedIn>;
}

const POLL_MS = 10_000;

function Mine() {
  const { t } = useTranslation();
  const mine = usePages('GET /api/me/messages', {}, { every: POLL_MS });
  const coming = mine.items.filter(({ standing }) => standing === 'coming').toReversed();
  const past = mine.items.filter(({ standing }) => standing !== 'coming');
  return (
    <Page title={t('texts.title')} lead={t('texts.lead')} back="/me">
      <p>
        <Link to="/messages/settings">{t('texts.choose')}</Link>
      </p>
      {mine.error && !mine.data ? (
        <LoadError error={mine.error} retry={() => void mine.refetch()} />
      ) : !mine.data ? (
        <Loading />
      ) : mine.items.length === 0 ? (
        <Empty title={t('texts.empty')}>
          <p className="muted">{t('texts.emptyHint')}</p>
        </Empty>
      ) : (
        <>
          {coming.length > 0 && <Texts title={t('texts.coming')} messages={coming} />}
          {past.length > 0 && <Texts title={t('texts.past')} messages={past} />}
          {mine.hasNextPage && (
            <Button variant="default" loading={mine.isFetchingNextPage} onClick={() => void mine.fetchNextPage()}>
              {t('common.more')}
            </Button>
          )}
        </>
      )}
    </Page>
  );
}

function Texts({ title, messages }: { readonly title: string; readonly messages: readonly Message[] }) {
  const id = useId();
  return (
    <section className="texts-part" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <ol className="texts">
        {messages.map((message) => (
          <Text key={message.messageId} message={message} />
        ))}
      </ol>
    </section>
  );
}

/** Not sent for something that is no longer so: its words would only confuse. */
const VOID: readonly Message['why'][] = ['changed', 'booked', 'other-day', 'corrected'];

function Text({ message }: { readonly message: Message }) {
  const { t } = useTranslation();
  const { template, standing, why, text, zone, sentAt, dueAt } = message;
  const when = useWhen(sentAt ?? dueAt, zone);
  const bad = standing === 'unknown' || why === 'refused';
  return (
    <li className={`text-item text-${standing}${template === 'blood-used' ? ' text-used' : ''}`}>
      <h3 className="text-kind">{t(`texts.template.${template}`)}</h3>
      {!VOID.includes(why) && <p className="bubble">{text}</p>}
      <p className="small muted">
        <span className={bad ? 'bad' : undefined}>{t(`texts.standing.${standing}`, { when })}</span>
        {why && ` · ${t(`texts.why.${why}`)}`}
      </p>
    </li>
  );
}

/** A moment at the place, by its day's name where that is near. */
function useWhen(at: string, zone: string): string {
  const { t } = useTranslation();
  const language = useLanguage();
  const today = dateIn(zone, new Date());
  const date = dateIn(zone, at);
  const time = timeOf(at, zone);
  if (date === today) return t('texts.when.today', { time });
  if (date === addDays(today, 1)) return t('texts.when.tomorrow', { time });
  if (date === addDays(today, -1)) return t('texts.when.yesterday', { time });
  return moment(at, zone, language);
}
