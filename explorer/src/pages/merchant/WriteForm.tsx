/** A form that does one thing on the chain: its fields, its button, and what became of it. */
import { Button, Form, Popconfirm } from "antd";
import type { ReactNode } from "react";
import { useEffect, useId } from "react";
import type { Send } from "../../api/write.ts";
import { useWrite } from "../../api/write.ts";
import { CommandNote } from "../../parts/CommandNote.tsx";
import { ProblemNote } from "../../parts/ProblemNote.tsx";

interface Props<T> {
  /** The button's words. */
  readonly action: string;
  readonly send: Send<T>;
  readonly initial?: Partial<T>;
  /** Asked before anything is sent. */
  readonly confirm?: string;
  readonly isDanger?: boolean;
  /** Its fields are emptied when the chain has confirmed: the next one is another. */
  readonly empties?: boolean;
  readonly children?: ReactNode;
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- the library's own word for "whatever the fields give"
export function WriteForm<T extends Record<string, any>>(props: Props<T>) {
  const { action, send, initial, confirm, isDanger = false, empties = false, children } = props;
  const [form] = Form.useForm<T>();
  // Two forms on a page may ask for the same: without a name, both labels would be the first field's.
  const name = useId();
  const write = useWrite<T>(send);
  const isConfirmed = write.command?.state === "confirmed";
  useEffect(() => {
    if (isConfirmed && empties) form.resetFields();
  }, [isConfirmed, empties, form]);
  const isUnderWay = write.isSending || write.command?.state === "queued" || write.command?.state === "sent";
  const button = (
    <Button
      type="primary"
      danger={isDanger}
      htmlType={confirm === undefined ? "submit" : "button"}
      loading={isUnderWay}
      disabled={isUnderWay}
    >
      {action}
    </Button>
  );
  return (
    <Form<T>
      form={form}
      name={name}
      layout="vertical"
      className="console-form"
      requiredMark={false}
      scrollToFirstError={{ focus: true }}
      {...(initial === undefined ? {} : { initialValues: initial })}
      onFinish={(values) => write.submit(values)}
    >
      {children}
      {confirm === undefined ? (
        button
      ) : (
        <Popconfirm title={confirm} onConfirm={() => form.submit()}>
          {button}
        </Popconfirm>
      )}
      {write.error === undefined ? null : (
        <div className="command-note">
          <ProblemNote error={write.error} />
        </div>
      )}
      {write.command === undefined ? null : <CommandNote command={write.command} />}
    </Form>
  );
}
