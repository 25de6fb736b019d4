/**
 * An outside catalogue of goods, whoever runs it. Each word may be said again with the same id and must then change
 * nothing: an answer that is lost is asked for once more. What is no certain answer is thrown, and asked again later.
 */
export interface OutsideOrder {
  /** Unique for ever; the name of the reservation on both sides. */
  readonly id: string;
  readonly sku: string;
  readonly quantity: number;
}

export type Reservation =
  | { readonly state: "reserved"; /** The catalogue's own number of it. */ readonly ref: string }
  | { readonly state: "refused"; readonly reason: string };

export type Confirmation = { readonly state: "confirmed" } | { readonly state: "refused"; readonly reason: string };

export interface Connector {
  /** Sets the pieces aside; they cost nothing yet. */
  reserve(order: OutsideOrder): Promise<Reservation>;
  /** The points are consumed: the pieces are ordered for good. */
  confirm(order: OutsideOrder): Promise<Confirmation>;
  /** Lets a reservation or an order go. One that is not known there is let go already. */
  cancel(order: OutsideOrder): Promise<void>;
}
