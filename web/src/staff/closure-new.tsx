import { Button, Checkbox, NativeSelect, Radio, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import { CLOSURE_REASONS } from '../../../shared/domain/vocabulary.ts';
import { useAct, useApi } from '../api/hooks.ts';
import type { CallOutput } from '../api/types.ts';
import { addDays } from '../lib/time.ts';
import { Page } from '../ui/page.tsx';
import {
  ActionError,
  Answers,
  ErrorSummary,
  type FieldProblem,
  LinkButton,
  LoadError,
  Loading,
  Progress,
} from '../ui/states.tsx';
import { MovePlace } from './closure-moves.tsx';
import { type ClosingValues, closingIn, faultsIn, queryOf, valuesIn } from './closure-values.ts';
import { ClosureWhat, ClosureWhen } from './closures.tsx';
import { Work } from './frame.tsx';
import { useDesk } from './roster.tsx';

/** What to close or cut. What is typed is in the address, so that Back brings it again. */
export function ClosureNewPage() {
  const { t } = useTranslation('work');
  return (
    <Work needs="staff" title={t('closures.form.title')}>
      {() => <Form />}
    </Work>
  );
}

const MOST_DAYS = 31;

function Form() {
  const { t } = useTranslation(['work', 'pages']);
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const { siteId, site, today } = useDesk();
  const [values, setValues] = useState<ClosingValues>(() => valuesIn(search));
  const [problems, setProblems] = useState<FieldProblem[]>([]);
  const set = (change: Partial<ClosingValues>): void => setValues((before) => ({ ...before, ...change }));
  const wrong = (field: string): string | undefined => problems.find((each) => each.field === field)?.message;
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const faults = faultsIn(values, today).map(({ field, why }) => ({
      field,
      message: t(`closures.form.error.${why}`),
    }));
    setProblems(faults);
    if (faults.length > 0) return;
    const query = queryOf(values);
    await navigate(`/staff/${siteId}/closures/new?${query}`, { replace: true });
    await navigate(`/staff/${siteId}/closures/new/check?${query}`);
  };
  const procedures = site.data?.procedures ?? [];
  return (
    <Page title={t('closures.form.title')} back={`/staff/${siteId}/closures`}>
      {site.error ? (
        <LoadError error={site.error} retry={() => void site.refetch()} />
      ) : !site.data ? (
        <Loading />
      ) : (
        <form noValidate className="question event-form" onSubmit={(event) => void submit(event)}>
          <ErrorSummary problems={problems} />
          <fieldset>
            <legend>
              <h2>{t('closures.form.when')}</h2>
            </legend>
            <div className="pair">
              <TextInput
                id="from"
                type="date"
                min={today}
                label={t('closures.form.from')}
                value={values.from}
                error={wrong('from')}
                onChange={(event) => {
                  const from = event.currentTarget.value;
                  set({ from, ...((values.to === '' || values.to < from) && { to: from }) });
                }}
              />
              <TextInput
                id="to"
                type="date"
                min={values.from || today}
                max={values.from ? addDays(values.from, MOST_DAYS - 1) : undefined}
                label={t('closures.form.to')}
                value={values.to}
                error={wrong('to')}
                onChange={(event) => set({ to: event.currentTarget.value })}
              />
            </div>
            <Checkbox
              className="choice"
              label={t('closures.form.part')}
              checked={values.part}
              onChange={(event) => set({ part: event.currentTarget.checked })}
            />
            {values.part && (
              <div className="pair">
                <TextInput
                  id="fromTime"
                  type="time"
                  label={t('closures.form.fromTime')}
                  value={values.fromTime}
                  onChange={(event) => set({ fromTime: event.currentTarget.value })}
                />
                <TextInput
                  id="toTime"
                  type="time"
                  label={t('closures.form.toTime')}
                  value={values.toTime}
                  error={wrong('toTime')}
                  onChange={(event) => set({ toTime: event.currentTarget.value })}
                />
              </div>
            )}
          </fieldset>
          {procedures.length > 1 && (
            <NativeSelect
              id="procedure"
              label={t('closures.form.procedure')}
              value={values.procedure}
              data={[
                { value: '', label: t('closures.form.every') },
                ...procedures.map((value) => ({ value, label: t(`pages:procedure.${value}`) })),
              ]}
              onChange={(event) => set({ procedure: event.currentTarget.value })}
            />
          )}
          <Radio.Group
            label={t('closures.form.how')}
            value={values.cut ? 'cut' : 'close'}
            onChange={(value) => set({ cut: value === 'cut' })}
          >
            <Radio className="choice" value="close" label={t('closures.form.close')} />
            <Radio className="choice" value="cut" label={t('closures.form.cut')} />
          </Radio.Group>
          {values.cut && (
            <TextInput
              id="places"
              inputMode="numeric"
              autoComplete="off"
              label={t('closures.form.places')}
              description={t('closures.form.placesHint')}
              value={values.places}
              error={wrong('places')}
              onChange={(event) => set({ places: event.currentTarget.value })}
            />
          )}
          <NativeSelect
            id="reason"
            label={t('closures.form.reason')}
            description={t('closures.form.reasonHint')}
            value={values.reason}
            data={CLOSURE_REASONS.map((value) => ({ value, label: t(`closures.reason.${value}`) }))}
            onChange={(event) => set({ reason: event.currentTarget.value })}
          />
          <Button type="submit" size="lg">
            {t('closures.form.next')}
          </Button>
        </form>
      )}
    </Page>
  );
}

/** Whom it would touch, and the one button that does it. */
export function ClosureCheckPage() {
  const { t } = useTranslation('work');
  return (
    <Work needs="staff" title={t('closures.check.title')}>
      {() => <Check />}
    </Work>
  );
}

function Check() {
  const { t } = useTranslation('work');
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const { siteId } = useDesk();
  const values = valuesIn(search);
  const closing = closingIn(values, siteId);
  const back = `/staff/${siteId}/closures/new?${queryOf(values)}`;
  const input = { body: { ...closing, reason: reasonIn(values) } };
  const preview = useApi('GET /api/closures/preview', { query: closing }, { staleTime: 30_000 });
  const act = useAct('POST /api/closures', 'close', { input });
  const seen = preview.data;
  const all = seen ? seen.moved + seen.none : 0;
  const apply = async (): Promise<void> => {
    const done = await act.run(input);
    if (done) await navigate(`/staff/${siteId}/closures/${done.closureId}`, { replace: true });
  };
  return (
    <Page title={t('closures.check.title')} lead={t('closures.check.lead')} back={back} wide>
      {preview.error ? (
        <>
          <LoadError error={preview.error} retry={() => void preview.refetch()} />
          <LinkButton to={back}>{t('closures.form.title')}</LinkButton>
        </>
      ) : !seen ? (
        <Loading lines={5} />
      ) : (
        <>
          <Answers
            rows={[
              {
                term: t('closures.check.when'),
                value: <ClosureWhen closure={closing} />,
                change: { to: back, label: t('closures.check.when') },
              },
              {
                term: t('closures.check.what'),
                value: <ClosureWhat closure={closing} />,
                change: { to: back, label: t('closures.check.what') },
              },
              { term: t('closures.check.slots'), value: t('closures.check.slotsValue', { count: seen.slots }) },
              { term: t('closures.check.reason'), value: t(`closures.reason.${reasonIn(values)}`) },
            ]}
          />
          <p className="strong">{all === 0 ? t('closures.check.nobody') : t('closures.check.sum', { count: all })}</p>
          {all > 0 && (
            <ul>
              {PARTS.map((part) => [part, partOf(seen, part)] as const)
                .filter(([, count]) => count > 0)
                .map(([part, count]) => (
                  <li key={part}>{t(`closures.check.parts.${part}`, { count })}</li>
                ))}
            </ul>
          )}
          {seen.stay > 0 && <p>{t('closures.check.stay', { count: seen.stay })}</p>}
          {seen.waiting > 0 && <p>{t('closures.check.waiting', { count: seen.waiting })}</p>}
          {seen.items.length > 0 && <Proposals items={seen.items} all={all} />}
          <p className="muted">{t('closures.check.note')}</p>
          {act.error && <ActionError error={act.error} />}
          <Button size="lg" loading={act.busy} onClick={() => void apply()}>
            {all === 0 ? t('closures.check.apply') : t('closures.check.applyFor', { count: all })}
          </Button>
          <Progress act={act} />
        </>
      )}
    </Page>
  );
}

type Preview = CallOutput<'GET /api/closures/preview'>;
const PARTS = ['sameDay', 'otherDay', 'elsewhere', 'none'] as const;
const partOf = (seen: Preview, part: (typeof PARTS)[number]): number =>
  part === 'otherDay' ? seen.moved - seen.sameDay - seen.elsewhere : seen[part];

const reasonIn = ({ reason }: ClosingValues) => CLOSURE_REASONS.find((each) => each === reason) ?? 'other';

type Proposal = Preview['items'][number];

function Proposals({ items, all }: { readonly items: readonly Proposal[]; readonly all: number }) {
  const { t } = useTranslation('work');
  return (
    <>
      {items.length < all && <p className="muted">{t('closures.check.first', { count: items.length })}</p>}
      <table className="board">
        <caption className="sr-only">{t('closures.check.title')}</caption>
        <thead>
          <tr>
            {(['person', 'from', 'to'] as const).map((name) => (
              <th key={name} scope="col">
                {t(`closures.check.columns.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map(({ bookingId, name, phoneLast4, from, to, zone }) => (
            <tr key={bookingId} className={to ? undefined : 'row-noshow'}>
              <th scope="row">
                {name} <span className="muted">{t('staff.last4', { digits: phoneLast4 })}</span>
              </th>
              <td>
                <span className="phone-label">{t('closures.check.columns.from')} </span>
                <MovePlace place={from} zone={zone} named={false} />
              </td>
              <td>
                <span className="phone-label">{t('closures.check.columns.to')} </span>
                {to ? (
                  <MovePlace place={to} zone={zone} named={to.siteId !== from.siteId} />
                ) : (
                  <b>{t('closures.check.none')}</b>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
