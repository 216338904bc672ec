import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { usePages } from '../api/hooks.ts';
import type { Message } from '../api/types.ts';
import { moment } from '../lib/time.ts';
import { SignedIn } from '../ui/gate.tsx';
import { Page } from '../ui/page.tsx';
import { Empty, LoadError, Loading, useLanguage } from '../ui/states.tsx';

export function MessagesPage() {
  const { t } = useTranslation();
  return <SignedIn title={t('messages.title')}>{() => <Mine />}</SignedIn>;
}

const POLL_MS = 10_000;

function Mine() {
  const { t } = useTranslation();
  const mine = usePages('GET /api/me/messages', {}, { every: POLL_MS });
  return (
    <Page title={t('messages.title')} lead={t('messages.lead')} back="/me">
      {mine.error && !mine.data ? (
        <LoadError error={mine.error} retry={() => void mine.refetch()} />
      ) : !mine.data ? (
        <Loading />
      ) : mine.items.length === 0 ? (
        <Empty title={t('messages.empty')} />
      ) : (
        <>
          <ol className="texts">
            {mine.items.map((message) => (
              <Text key={message.messageId} message={message} />
            ))}
          </ol>
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

/** A text belongs to no place, so its time is the reader's own. */
function Text({ message }: { readonly message: Message }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return (
    <li className={`text-item${message.template === 'blood-used' ? ' text-used' : ''}`}>
      <p className="bubble">{message.text}</p>
      <p className="small muted">
        <span className={message.status === 'failed' || message.status === 'uncertain' ? 'bad' : undefined}>
          {t(`messages.status.${message.status}`)}
        </span>
        {' · '}
        {message.sentAt
          ? t('messages.sentAt', { when: moment(message.sentAt, zone, language) })
          : t('messages.dueAt', { when: moment(message.dueAt, zone, language) })}
      </p>
    </li>
  );
}
