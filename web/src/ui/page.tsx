import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { BackIcon } from './icons.tsx';

let firstPage = true;

/** A page: its title in the tab, one h1 that takes the focus after each navigation, and a way back. */
export function Page({
  title,
  lead,
  back,
  wide = false,
  eyebrow,
  children,
}: {
  readonly title: string;
  readonly lead?: ReactNode;
  readonly back?: string | undefined;
  readonly wide?: boolean;
  readonly eyebrow?: ReactNode;
  readonly children: ReactNode;
}) {
  const { t } = useTranslation();
  const heading = usePageFocus(title);
  return (
    <div className={wide ? 'page page-wide' : 'page'}>
      {back !== undefined && (
        <Link className="back" to={back}>
          <BackIcon size={18} />
          {t('common.back')}
        </Link>
      )}
      {eyebrow && <p className="eyebrow">{eyebrow}</p>}
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      {lead && <p className="lead">{lead}</p>}
      {children}
    </div>
  );
}

/** The tab's title, and the focus on the h1 when a page opens; on the very first, the browser's own start is kept. */
export function usePageFocus(title: string) {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const heading = useRef<HTMLHeadingElement>(null);
  const brand = t('brand');
  useEffect(() => {
    document.title = `${title} · ${brand}`;
  }, [title, brand]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the path is what a navigation is
  useEffect(() => {
    if (firstPage) {
      firstPage = false;
      return;
    }
    heading.current?.focus({ preventScroll: true });
  }, [pathname]);
  return heading;
}
