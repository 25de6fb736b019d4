/** Customers of an organisation. */
import { z } from "zod";
import { createCustomer, showCustomer } from "../../commands/create-customer.ts";
import { askedOf, callerOf } from "../present.ts";
import type { Route } from "../route.ts";
import { route } from "../route.ts";
import { addressIn, addressOut, timestampOut } from "../schemas.ts";

const customerOut = z
  .strictObject({
    id: z.uuid(),
    address: addressOut,
    isManaged: z.boolean(),
    externalRef: z.string().nullable(),
    merchantId: z.int().nullable(),
    organisation: z.string(),
    createdAt: timestampOut,
  })
  .meta({ id: "Customer" });

const tag = "Customers";

export const customerRoutes: readonly Route[] = [
  route({
    method: "post",
    path: "/v1/customers",
    operationId: "createCustomer",
    summary: "Register a customer: with a key kept by the gateway, or with a wallet of its own",
    tag,
    roles: ["consumer", "till", "merchant", "operator"],
    body: z.strictObject({
      address: addressIn
        .optional()
        .meta({ description: "Its own wallet; left out: the gateway makes and keeps a key." }),
      externalRef: z
        .string()
        .regex(/^[\x21-\x7e]{1,64}$/, "must be 1 to 64 printable ASCII characters")
        .optional()
        .meta({ description: "Your own name of it, a member number for example; never personal data." }),
    }),
    output: customerOut,
    status: 201,
    run: async (input, rooms) => {
      const { customer, isReplay } = await createCustomer(rooms, askedOf(input), input.body);
      if (isReplay) input.answer.header("Idempotency-Replayed", "true");
      return customer;
    },
  }),
  route({
    method: "get",
    path: "/v1/customers/:customerId",
    operationId: "getCustomer",
    customers: "named",
    summary: "One of your customers",
    tag,
    roles: ["consumer", "till", "merchant", "operator"],
    params: z.strictObject({ customerId: z.uuid() }),
    output: customerOut,
    run: (input, rooms) => showCustomer(rooms, callerOf(input), input.params.customerId),
  }),
];
