import { createContext, type ReactNode, useContext } from 'react';
import type { ActionServices } from './actions';

const ServicesContext = createContext<ActionServices | null>(null);

export function ServicesProvider({ services, children }: { services: ActionServices; children: ReactNode }) {
  return <ServicesContext value={services}>{children}</ServicesContext>;
}

/** What actions are carried out with: files, runs, demo, views. */
export function useServices(): ActionServices {
  const services = useContext(ServicesContext);
  if (!services) throw new Error('There is no ServicesProvider around this component.');
  return services;
}
