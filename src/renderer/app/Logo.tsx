/** The mark: nodes around a backend. */
export function Logo({ size = 24 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" aria-hidden="true">
      <g stroke="currentColor" strokeWidth="1.25" opacity="0.55">
        <path d="M12 12 12 4M12 12l6.9-4M12 12l6.9 4M12 12v8M12 12l-6.9 4M12 12 5.1 8" />
      </g>
      <g fill="currentColor">
        <circle cx="12" cy="4" r="1.9" />
        <circle cx="18.9" cy="8" r="1.9" />
        <circle cx="18.9" cy="16" r="1.9" />
        <circle cx="12" cy="20" r="1.9" />
        <circle cx="5.1" cy="16" r="1.9" />
        <circle cx="5.1" cy="8" r="1.9" />
      </g>
      <circle cx="12" cy="12" r="3.6" fill="var(--accent)" />
    </svg>
  );
}
