import type { ReactNode } from 'react';

type IconProps = { readonly size?: number };

function Icon({ size = 22, children }: IconProps & { readonly children: ReactNode }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.8"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {children}
    </svg>
  );
}

export const HomeIcon = (props: IconProps) => (
  <Icon {...props}>
    <path d="M4 11.500 12 5l8 6.500V19a1 1 0 0 1-1 1h-4.500v-5.500h-5V20H5a1 1 0 0 1-1-1z" />
  </Icon>
);
export const DropIcon = (props: IconProps) => (
  <Icon {...props}>
    <path d="M12 3.500c3.800 4.300 6 7.200 6 10.300a6 6 0 0 1-12 0c0-3.100 2.200-6 6-10.300Z" />
    <path d="M9.300 14.300a2.800 2.800 0 0 0 2.200 2.500" />
  </Icon>
);
export const HandsIcon = (props: IconProps) => (
  <Icon {...props}>
    <path d="M12 10.500c-1.500-2.700-5.500-2.300-5.500.8 0 2.200 3 4.200 5.500 6 2.500-1.800 5.500-3.800 5.500-6 0-3.100-4-3.500-5.500-.8Z" />
    <path d="M3 20.500h18" />
    <path d="M12 3v3M6.500 4.500 8 6.500M17.500 4.500 16 6.500" />
  </Icon>
);
export const PersonIcon = (props: IconProps) => (
  <Icon {...props}>
    <circle cx="12" cy="8" r="3.700" />
    <path d="M4.800 20c.8-3.800 3.600-5.700 7.200-5.700s6.400 1.900 7.200 5.700" />
  </Icon>
);
export const SettingsIcon = (props: IconProps) => (
  <Icon {...props}>
    <path d="M4 7h9M18 7h2M4 17h2M11 17h9" />
    <circle cx="15.500" cy="7" r="2.500" />
    <circle cx="8.500" cy="17" r="2.500" />
  </Icon>
);
export const CalendarIcon = (props: IconProps) => (
  <Icon {...props}>
    <rect x="4" y="5.500" width="16" height="14.500" rx="2.500" />
    <path d="M4 10h16M8.500 3.500v4M15.500 3.500v4" />
  </Icon>
);
export const PassIcon = (props: IconProps) => (
  <Icon {...props}>
    <path d="M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h2.500v2.500M20 14v.1M14 20v.1M17.500 17.500H20V20" />
  </Icon>
);
export const PinIcon = (props: IconProps) => (
  <Icon {...props}>
    <path d="M12 21c4.500-4.700 6.500-7.800 6.500-10.800a6.500 6.500 0 0 0-13 0C5.500 13.200 7.500 16.300 12 21Z" />
    <circle cx="12" cy="10" r="2.300" />
  </Icon>
);
export const BusIcon = (props: IconProps) => (
  <Icon {...props}>
    <rect x="3.500" y="5" width="17" height="11.500" rx="2.500" />
    <path d="M3.500 11.500h17M8.800 5v6.500M15.200 5v6.500" />
    <circle cx="7.800" cy="18" r="1.700" />
    <circle cx="16.200" cy="18" r="1.700" />
  </Icon>
);
export const TickIcon = (props: IconProps) => (
  <Icon {...props}>
    <path d="m5 12.800 4.600 4.400L19 7.500" />
  </Icon>
);
export const WarnIcon = (props: IconProps) => (
  <Icon {...props}>
    <path d="M12 4 2.800 19.500h18.400z" />
    <path d="M12 10v4.300M12 17v.1" />
  </Icon>
);
export const ClockIcon = (props: IconProps) => (
  <Icon {...props}>
    <circle cx="12" cy="12" r="8.300" />
    <path d="M12 7.300V12l3 2" />
  </Icon>
);
export const PhoneIcon = (props: IconProps) => (
  <Icon {...props}>
    <path d="M6.500 4h3l1.300 4-2 1.500a12 12 0 0 0 5.700 5.700l1.500-2 4 1.300v3a2 2 0 0 1-2.200 2A16.500 16.500 0 0 1 4.500 6.200 2 2 0 0 1 6.500 4Z" />
  </Icon>
);
export const MessageIcon = (props: IconProps) => (
  <Icon {...props}>
    <path d="M5.500 5h13A2.500 2.500 0 0 1 21 7.500v7a2.500 2.500 0 0 1-2.500 2.500H11l-4.500 3.500V17h-1A2.500 2.500 0 0 1 3 14.500v-7A2.500 2.500 0 0 1 5.500 5Z" />
    <path d="M7.500 9.500h9M7.500 12.800h5.500" />
  </Icon>
);
export const ArrowIcon = (props: IconProps) => (
  <Icon {...props}>
    <path d="M5 12h13.500M13 6.500l5.500 5.500-5.500 5.500" />
  </Icon>
);
export const BackIcon = (props: IconProps) => (
  <Icon {...props}>
    <path d="m14.500 5.500-6.500 6.500 6.500 6.500" />
  </Icon>
);
export const BoardIcon = (props: IconProps) => (
  <Icon {...props}>
    <rect x="5" y="4.500" width="14" height="16" rx="2.500" />
    <path d="M9 4.500V3.300h6v1.200M8.500 10.500h7M8.500 14h7M8.500 17.300h4" />
  </Icon>
);
export const MedalIcon = (props: IconProps) => (
  <Icon {...props}>
    <circle cx="12" cy="14.500" r="5.500" />
    <path d="m9.500 9.700-3-6M14.500 9.700l3-6M12 12l.9 1.700 1.800.3-1.300 1.300.3 1.900-1.700-.9-1.700.9.300-1.900L9.300 14l1.800-.3z" />
  </Icon>
);
