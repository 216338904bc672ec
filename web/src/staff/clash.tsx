import { Button, Textarea } from '@mantine/core';
import { type FormEvent, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useAct } from '../api/hooks.ts';
import type { CallInput, CallOutput } from '../api/types.ts';
import { ActionError, ErrorSummary, type FieldProblem, Loading, Progress } from '../ui/states.tsx';
import { Options } from './complete.tsx';
import { RecordCard } from './record-card.tsx';
import { toast } from './toast.ts';

type Shown = CallInput<'POST /api/identity/clashes'>['body'];

/** The document before staff is another donor's: both records, masked, and the way to make them one. */
export function Clash({ siteId, shown }: { readonly siteId: string; readonly shown: Shown }) {
  const { t } = useTranslation('work');
  const navigate = useNavigate();
  const look = useAct('POST /api/identity/clashes', `clash:${shown.bookingId}`, { unwritten: true });
  const act = useAct('POST /api/identity/merges', `merge:${shown.bookingId}`, { unwritten: true });
  const [cards, setCards] = useState<CallOutput<'POST /api/identity/clashes'>>();
  const [value, setValue] = useState({ keep: '', reason: '' });
  const [problems, setProblems] = useState<FieldProblem[]>([]);
  const said = JSON.stringify(shown);
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked once for what was shown, whatever is drawn again
  useEffect(() => {
    void look.run({ body: JSON.parse(said) as Shown }).then((found) => found && setCards(found));
  }, [said]);
  const errorOf = (field: string): string | undefined => problems.find((each) => each.field === field)?.message;

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const found: FieldProblem[] = [];
    if (!value.keep) found.push({ field: 'keep-here', message: t('identity.merge.error.keep') });
    if (!value.reason.trim()) found.push({ field: 'reason', message: t('identity.merge.error.reason') });
    setProblems(found);
    if (found.length > 0) return;
    const keep = value.keep === 'other' ? 'other' : 'here';
    const done = await act.run({ body: { ...shown, keep, reason: value.reason.trim() } });
    if (!done) return;
    toast(t('identity.merge.proposed'));
    await navigate(`/staff/${siteId}/merges/${done.mergeId}`, { replace: true });
  };

  return (
    <section className="clash">
      <div className="notice notice-bad" role="alert">
        <div>
          <h2 className="notice-title">{t('identity.merge.clash')}</h2>
          <p>{t('identity.merge.clashLead')}</p>
        </div>
      </div>
      {look.error ? (
        <ActionError error={look.error} />
      ) : !cards ? (
        <Loading lines={2} />
      ) : (
        <>
          <div className="record-pair">
            <RecordCard title={t('identity.card.here')} card={cards.here} />
            <RecordCard title={t('identity.card.other')} card={cards.other} />
          </div>
          <p>{t('identity.merge.notSame')}</p>
          <form noValidate className="question" onSubmit={(event) => void submit(event)}>
            <ErrorSummary problems={problems} />
            <Options
              legend={t('identity.merge.keep')}
              name="keep"
              value={value.keep}
              options={[
                { value: 'here', label: t('identity.merge.keepHere', { digits: cards.here.phoneLast4 }) },
                { value: 'other', label: t('identity.merge.keepOther', { digits: cards.other.phoneLast4 }) },
              ]}
              choose={(keep) => setValue({ ...value, keep })}
              error={errorOf('keep-here')}
            />
            <Textarea
              id="reason"
              label={t('identity.merge.reason')}
              description={t('identity.merge.reasonHint')}
              maxLength={200}
              autosize
              minRows={2}
              value={value.reason}
              onChange={(event) => setValue({ ...value, reason: event.currentTarget.value })}
              error={errorOf('reason')}
            />
            {act.error && <ActionError error={act.error} />}
            <Button type="submit" size="lg" loading={act.busy}>
              {t('identity.merge.propose')}
            </Button>
            <Progress act={act} />
          </form>
        </>
      )}
    </section>
  );
}
