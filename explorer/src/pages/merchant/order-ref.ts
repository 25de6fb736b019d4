/** An order's number as the API takes it: 1 to 128 characters without control characters. */
export const ORDER_REF = /^[^\u0000-\u001f\u007f]{1,128}$/;
