/** The warm stream: one drop, falling into bands that flow on. Drawn here, so that it costs no request. */
export function Motif({ label }: { readonly label: string }) {
  return (
    <svg className="motif" viewBox="0 0 480 400" role="img" aria-label={label} preserveAspectRatio="xMidYMin slice">
      <defs>
        <linearGradient id="m-sky" x1="0" y1="0" x2="0" y2="1">
          <stop offset="0" stopColor="#fdeadf" />
          <stop offset="1" stopColor="#fbd9c8" />
        </linearGradient>
        <linearGradient id="m-drop" x1="0" y1="0" x2="0.7" y2="1">
          <stop offset="0" stopColor="#e8795c" />
          <stop offset="1" stopColor="#b93a26" />
        </linearGradient>
        <linearGradient id="m-a" x1="0" y1="0" x2="1" y2="0">
          <stop offset="0" stopColor="#f6b79f" />
          <stop offset="1" stopColor="#ef9777" />
        </linearGradient>
        <linearGradient id="m-b" x1="0" y1="0" x2="1" y2="0">
          <stop offset="0" stopColor="#e8795c" />
          <stop offset="1" stopColor="#d65a3f" />
        </linearGradient>
        <linearGradient id="m-c" x1="0" y1="0" x2="1" y2="0">
          <stop offset="0" stopColor="#b93a26" />
          <stop offset="1" stopColor="#982e1e" />
        </linearGradient>
      </defs>
      <rect width="480" height="400" fill="url(#m-sky)" />
      <circle cx="352" cy="118" r="74" fill="#fff6ef" opacity="0.75" />
      <circle cx="352" cy="118" r="48" fill="#fff6ef" />
      <g fill="none" stroke="#e9a98f" strokeWidth="2.500" strokeLinecap="round" opacity="0.8">
        <path d="M60 92c14-9 28-9 42 0s28 9 42 0" />
        <path d="M92 118c12-8 24-8 36 0s24 8 36 0" />
      </g>
      <path
        className="motif-drop"
        d="M214 62c34 42 54 70 54 100a54 54 0 0 1-108 0c0-30 20-58 54-100Z"
        fill="url(#m-drop)"
      />
      <path
        d="M184 162c0 17 9 29 24 33"
        fill="none"
        stroke="#fff"
        strokeOpacity="0.65"
        strokeWidth="7"
        strokeLinecap="round"
      />
      <g className="waves">
        <path
          className="wave wave-1"
          d="M-40 262c70-44 128-44 200 0s140 44 210 0 110-40 170-12v170H-40Z"
          fill="url(#m-a)"
        />
        <path
          className="wave wave-2"
          d="M-40 306c80-40 134-36 204 2s144 40 214 0 104-30 162-8v120H-40Z"
          fill="url(#m-b)"
        />
        <path
          className="wave wave-3"
          d="M-40 350c76-30 132-28 204 2s150 30 216 0 104-22 160-6v74H-40Z"
          fill="url(#m-c)"
        />
        <g fill="none" stroke="#fff" strokeOpacity="0.35" strokeWidth="3" strokeLinecap="round">
          <path d="M40 300c28-12 56-12 84 0" />
          <path d="M270 318c30 14 60 14 90 0" />
          <path d="M150 366c26 10 52 10 78 0" />
        </g>
      </g>
    </svg>
  );
}
