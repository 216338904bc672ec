import { lazy, type ReactNode, Suspense, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Navigate, NavLink, Outlet, useLocation, useNavigationType } from 'react-router';
import { hasRole, useMe } from '../api/hooks.ts';
import { useSession } from '../auth/use-session.ts';
import { changeLanguage, loadTexts } from '../i18n/index.ts';
import { KEPT } from '../lib/kept.ts';
import { largeType } from '../lib/large-type.ts';
import { useOnline } from '../lib/online.ts';
import { seatHere, sharedStation } from '../lib/station-store.ts';
import { deviceStorage } from '../lib/storage.ts';
import { BoardIcon, DropIcon, HandsIcon, HomeIcon, PersonIcon } from '../ui/icons.tsx';
import { useLanguage } from '../ui/states.tsx';
import { CrashGuard } from './crash-guard.tsx';

const StationBar = lazy(async () => {
  const [{ StationBar: Bar }] = await Promise.all([import('../staff/pages.tsx'), loadTexts('work')]);
  return { default: Bar };
});

/** What was tapped on a day goes out from any page, and names that were kept for one go once it is over. */
const SendTaps = lazy(() =>
  import('../organise/send-taps.ts').then(
    (made) => ({ default: made.SendTaps }),
    // Without a line, in a browser that has kept no pages: asked for again when it next opens one.
    () => ({ default: () => null }),
  ),
);
const hasDays = (): boolean => deviceStorage.getItem(KEPT.days) !== null || deviceStorage.getItem(KEPT.taps) !== null;

/** What is to be seen of a shared station while it is nobody's turn: how it becomes somebody's. */
const WHILE_LOCKED = /^\/(staff\/station|signed-in|mine\/who)(\/|$)/;

/** What is around every page: brand, ways, language, and below on a phone the four places a thumb goes to. */
export function Shell() {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  useScrollToTop();
  const me = useMe().data;
  const large = me?.largeType;
  useEffect(() => {
    if (large !== undefined) largeType.set(large);
  }, [large]);
  const staff = hasRole(me, 'staff') || hasRole(me, 'admin');
  const organiser = hasRole(me, 'organiser');
  const session = useSession();
  const shared = sharedStation.get() !== undefined;
  const locked = shared && seatHere.get() === undefined;
  return (
    <>
      <a className="skip" href="#main">
        {t('skip')}
      </a>
      <header className="top">
        <div className="top-in">
          <Link to="/" className="brand">
            <BrandMark />
            <span lang="zh">暖流</span>
            <span className="brand-en" lang="en">
              Nuanliu
            </span>
          </Link>
          <nav className="top-nav" aria-label={t('nav.label')} hidden={locked}>
            <Way to="/donate">{t('nav.donate')}</Way>
            <Way to="/events">{t('nav.events')}</Way>
            {staff && <Way to="/staff">{t('nav.staff')}</Way>}
            {organiser && <Way to="/organise">{t('nav.organise')}</Way>}
            <Way to="/me">{t('nav.me')}</Way>
          </nav>
          {shared && (session || !locked) && (
            <Suspense fallback={null}>
              <StationBar />
            </Suspense>
          )}
          <LanguageSwitch />
        </div>
      </header>
      <OfflineNote />
      {(organiser || hasDays()) && (
        <Suspense fallback={null}>
          <SendTaps />
        </Suspense>
      )}
      <main id="main" tabIndex={-1} className={pathname === '/' ? 'main main-home' : 'main'}>
        <CrashGuard key={pathname}>
          {locked && !WHILE_LOCKED.test(pathname) ? (
            <Navigate to={session ? '/staff/station/join' : '/staff/station'} replace />
          ) : (
            <Outlet />
          )}
        </CrashGuard>
      </main>
      <footer className="foot">
        <p>{t('foot.line')}</p>
        <p>{t('foot.emergency')}</p>
      </footer>
      <nav className="tabs" aria-label={t('nav.label')} hidden={locked}>
        <Tab to="/" icon={<HomeIcon />}>
          {t('nav.home')}
        </Tab>
        <Tab to="/donate" icon={<DropIcon />}>
          {t('nav.donate')}
        </Tab>
        <Tab to="/events" icon={<HandsIcon />}>
          {t('nav.events')}
        </Tab>
        {staff && (
          <Tab to="/staff" icon={<BoardIcon />}>
            {t('nav.staff')}
          </Tab>
        )}
        <Tab to="/me" icon={<PersonIcon />}>
          {t('nav.me')}
        </Tab>
      </nav>
    </>
  );
}

const Way = ({ to, children }: { readonly to: string; readonly children: ReactNode }) => (
  <NavLink to={to}>{children}</NavLink>
);

function Tab({ to, icon, children }: { readonly to: string; readonly icon: ReactNode; readonly children: ReactNode }) {
  return (
    <NavLink to={to} end={to === '/'}>
      {icon}
      <span>{children}</span>
    </NavLink>
  );
}

function LanguageSwitch() {
  const { t } = useTranslation();
  const language = useLanguage();
  const other = language === 'zh' ? 'en' : 'zh';
  return (
    <button
      type="button"
      className="language"
      lang={other === 'zh' ? 'zh-CN' : 'en'}
      onClick={() => void changeLanguage(other)}
    >
      {t('language.switch')}
    </button>
  );
}

/** A new page starts at its top; going back leaves the scroll where the browser puts it. */
function useScrollToTop(): void {
  const { pathname } = useLocation();
  const type = useNavigationType();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the path is what a navigation is
  useEffect(() => {
    if (type !== 'POP') window.scrollTo(0, 0);
  }, [pathname]);
}

function OfflineNote() {
  const { t } = useTranslation();
  const connected = useOnline();
  return (
    <div role="status" className={connected ? 'sr-only' : 'offline'}>
      {connected ? '' : t('common.offline')}
    </div>
  );
}

function BrandMark({ size = 30 }: { readonly size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 64 64" aria-hidden="true">
      <rect width="64" height="64" rx="18" fill="#b93a26" />
      <path d="M32 9c9 11 15 18.500 15 27a15 15 0 0 1-30 0c0-8.500 6-16 15-27Z" fill="#fff6ef" />
      <path d="M19 38c4.500-4 8.500-4 13 0s8.500 4 13 0c-.800 7-6.500 13-13 13s-12.200-6-13-13Z" fill="#e8795c" />
    </svg>
  );
}
