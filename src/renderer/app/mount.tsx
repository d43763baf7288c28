import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import '../ui/base.css';
import { ApiProvider } from '../api/api-context';
import { createApi } from '../api/create-api';
import { ToastRegion } from '../ui/Toast';
import { TooltipProvider } from '../ui/Tooltip';
import { App } from './App';
import { followTheme } from './theme';

/** Puts the app on the page. */
export function mount(): void {
  const root = document.getElementById('root');
  if (!root) throw new Error('The page has no element for the app.');
  followTheme();
  createRoot(root).render(
    <StrictMode>
      <ApiProvider api={createApi()}>
        <TooltipProvider delay={500}>
          <ToastRegion>
            <App />
          </ToastRegion>
        </TooltipProvider>
      </ApiProvider>
    </StrictMode>,
  );
}
