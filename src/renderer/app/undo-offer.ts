import { create } from 'zustand';
import { useView, type View } from './view-store';

/** Something beside the document that can be taken back for a while; in its view it is what Undo is about. */
export interface UndoOffer {
  view: View['name'];
  /** As a menu has it: `Undo delete run`. */
  label: string;
  run(): void;
}

const useUndoOffer = create<{ offer: UndoOffer | null }>(() => ({ offer: null }));

export const undoOffers = {
  /** In the place of an earlier one. */
  make: (offer: UndoOffer): void => useUndoOffer.setState({ offer }),
  /** It was taken back, or it is too late. */
  end(offer: UndoOffer): void {
    if (useUndoOffer.getState().offer === offer) useUndoOffer.setState({ offer: null });
  },
};

/** What is offered in the view that is open. */
export function undoOfferNow(): UndoOffer | null {
  return offerIn(useView.getState().view, useUndoOffer.getState().offer);
}

/** The same, followed. */
export function useUndoOfferNow(): UndoOffer | null {
  return offerIn(
    useView(({ view }) => view),
    useUndoOffer(({ offer }) => offer),
  );
}

function offerIn(view: View, offer: UndoOffer | null): UndoOffer | null {
  return offer?.view === view.name ? offer : null;
}
