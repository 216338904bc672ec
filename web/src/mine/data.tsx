import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../api/error.ts';
import { call } from '../api/index.ts';
import { isWechat } from '../lib/wechat.ts';
import { SignedIn } from '../ui/gate.tsx';
import { Page } from '../ui/page.tsx';
import { ActionError, LinkButton } from '../ui/states.tsx';

/** Everything as JSON: shown and copied, because WeChat's browser keeps no file. */
export function DataPage() {
  const { t } = useTranslation('mine');
  return (
    <SignedIn title={t('data.title')}>
      {() => (
        <Page title={t('data.title')} lead={t('data.lead')} back="/mine/settings">
          <Everything />
          <section>
            <h2>{t('data.eraseTitle')}</h2>
            <p>{t('data.eraseText')}</p>
            <LinkButton to="/mine/erase" variant="default">
              {t('data.eraseLink')}
            </LinkButton>
          </section>
        </Page>
      )}
    </SignedIn>
  );
}

type State =
  | { readonly kind: 'idle' }
  | { readonly kind: 'gathering'; readonly count: number }
  | { readonly kind: 'ready'; readonly count: number; readonly json: string }
  | { readonly kind: 'failed'; readonly error: ApiError };

/** Page after page of each part, as the service hands them out. */
async function gather(tell: (count: number) => void): Promise<{ count: number; json: string }> {
  const parts: Record<string, unknown[]> = {};
  let count = 0;
  let query: { part?: 'profile'; cursor?: string } | undefined = {};
  while (query) {
    const answer: Awaited<ReturnType<typeof call<'GET /api/me/export'>>> = await call('GET /api/me/export', { query });
    parts[answer.part] = [...(parts[answer.part] ?? []), ...answer.items];
    count += answer.items.length;
    tell(count);
    if (answer.cursor) query = { part: answer.part as 'profile', cursor: answer.cursor };
    else query = answer.next && { part: answer.next as 'profile' };
  }
  return { count, json: JSON.stringify({ exportedAt: new Date().toISOString(), ...parts }, null, 2) };
}

function Everything() {
  const { t } = useTranslation('mine');
  const [state, setState] = useState<State>({ kind: 'idle' });
  const [copied, setCopied] = useState<boolean>();
  const show = async (): Promise<void> => {
    setState({ kind: 'gathering', count: 0 });
    try {
      setState({ kind: 'ready', ...(await gather((count) => setState({ kind: 'gathering', count }))) });
    } catch (error) {
      setState({ kind: 'failed', error: error instanceof ApiError ? error : new ApiError('internal', 0) });
    }
  };
  if (state.kind !== 'ready') {
    return (
      <div className="stack">
        {state.kind === 'failed' && <ActionError error={state.error} />}
        <div>
          <Button onClick={() => void show()} loading={state.kind === 'gathering'}>
            {t('data.show')}
          </Button>
        </div>
        <p className="progress" role="status">
          {state.kind === 'gathering' ? t('data.loading', { n: state.count }) : ''}
        </p>
      </div>
    );
  }
  const copy = (): void => void copyText(state.json).then(setCopied);
  return (
    <div className="stack">
      <p role="status">{t('data.ready', { n: state.count })}</p>
      <Textarea id="everything" label={t('data.label')} className="everything" readOnly rows={12} value={state.json} />
      <div className="row-wrap">
        <Button onClick={copy}>{t('data.copy')}</Button>
        {!isWechat() && (
          <Button
            component="a"
            variant="default"
            href={URL.createObjectURL(new Blob([state.json], { type: 'application/json' }))}
            download="nuanliu.json"
          >
            {t('data.save')}
          </Button>
        )}
      </div>
      <p role="status">{copied === undefined ? '' : copied ? t('data.copied') : t('data.copyFailed')}</p>
      {isWechat() && <p className="small muted">{t('data.wechat')}</p>}
    </div>
  );
}

/** Old views have no clipboard to write to: there the text is selected, to be copied by hand. */
async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = document.getElementById('everything');
    if (field instanceof HTMLTextAreaElement) field.select();
    return document.execCommand('copy');
  }
}
