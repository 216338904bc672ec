import { useTranslation } from 'react-i18next';
import { Link, useParams, useSearchParams } from 'react-router';
import { useApi } from '../api/hooks.ts';
import type { DonationSlot } from '../api/types.ts';
import { procedureOf, withQuery } from '../lib/params.ts';
import { PhoneIcon, PinIcon } from '../ui/icons.tsx';
import { Page } from '../ui/page.tsx';
import { ShareLink } from '../ui/share-link.tsx';
import { SlotPicker } from '../ui/slot-picker.tsx';
import { ComingLine, LoadError, Loading, useLanguage } from '../ui/states.tsx';
import { Tel } from '../ui/tel.tsx';

/** Dates and times of one site. */
export function SlotsPage() {
  const { t } = useTranslation();
  const language = useLanguage();
  const { siteId = '' } = useParams();
  const [search] = useSearchParams();
  const site = useApi('GET /api/sites/{siteId}', { params: { siteId } }, { staleTime: 60_000 });
  const asked = procedureOf(search.get('procedure'));
  const offered = site.data?.procedures;
  const procedure = asked && (!offered || offered.includes(asked)) ? asked : (offered?.[0] ?? 'whole-blood');
  const checkOf = (slot: DonationSlot): string =>
    `/donate/check?${new URLSearchParams({ site: siteId, procedure, date: slot.date, slot: slot.slotId })}`;
  return (
    <Page
      title={site.data ? site.data.name[language] : t('slots.title')}
      back={`/donate?procedure=${procedure}`}
      eyebrow={t(site.data ? 'slots.title' : 'nav.donate')}
    >
      {site.error ? (
        <LoadError error={site.error} retry={() => void site.refetch()} />
      ) : !site.data ? (
        <>
          <p className="with-icon muted">
            <PinIcon size={18} />
            <ComingLine />
          </p>
          <p className="with-icon muted">
            <PhoneIcon size={18} />
            <ComingLine />
          </p>
          <div className="loading-card loading-segments" aria-hidden="true" />
          <p className="muted">{t(`donate.about.${procedure}`)}</p>
          <Loading lines={2} />
        </>
      ) : (
        <>
          <p className="with-icon muted">
            <PinIcon size={18} />
            {site.data.address[language]}
          </p>
          <p className="with-icon muted">
            <PhoneIcon size={18} />
            <Tel phone={site.data.phone} />
          </p>
          {site.data.procedures.length > 1 && (
            <nav aria-label={t('donate.procedure')} className="segments">
              {site.data.procedures.map((each) => (
                <Link
                  key={each}
                  to={withQuery(search, { procedure: each })}
                  aria-current={each === procedure ? 'true' : undefined}
                >
                  {t(`procedure.${each}`)}
                </Link>
              ))}
            </nav>
          )}
          <p className="muted">{t(`donate.about.${procedure}`)}</p>
          <SlotPicker site={site.data} procedure={procedure} linkOf={checkOf} waitOf={checkOf} />
          <ShareLink title={site.data.name[language]} />
        </>
      )}
    </Page>
  );
}
