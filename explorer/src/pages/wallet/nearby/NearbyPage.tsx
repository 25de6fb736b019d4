/** What the points buy around here, best first: where one is, or around a place one names. */
import { AimOutlined } from "@ant-design/icons";
import { Alert, Button, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Page } from "../../../parts/Page.tsx";
import { Panel } from "../../../parts/Panel.tsx";
import { OfferList } from "./OfferList.tsx";
import { PlaceField } from "./PlaceField.tsx";
import type { Place, PlaceProblem } from "./place.ts";
import { PlaceError, askBrowser } from "./place.ts";

const RADII = [500, 1_000, 3_000, 10_000, 50_000] as const;

export default function NearbyPage() {
  const { t } = useTranslation("purse");
  const [place, setPlace] = useState<Place>();
  const [radius, setRadius] = useState<number>(3_000);
  return (
    <Page title={t("nearby.title")} lead={t("nearby.lead")}>
      <Panel title={t("nearby.where")}>
        <div className="wallet-form">
          <Here onPlace={setPlace} />
          <PlaceField onPlace={setPlace} />
          <div className="wallet-field">
            <label htmlFor="nearby-radius">{t("nearby.radius")}</label>
            <Select
              id="nearby-radius"
              value={radius}
              onChange={setRadius}
              options={RADII.map((meters) => ({
                value: meters,
                label:
                  meters < 1_000 ? t("nearby.meters", { count: meters }) : t("nearby.km", { count: meters / 1_000 }),
              }))}
            />
          </div>
        </div>
      </Panel>
      {place === undefined ? null : (
        <Panel title={t("nearby.offers")}>
          <OfferList place={place} radius={radius} />
        </Panel>
      )}
    </Page>
  );
}

function Here({ onPlace }: { onPlace: (place: Place) => void }) {
  const { t } = useTranslation("purse");
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<PlaceProblem>();
  const ask = async (): Promise<void> => {
    setBusy(true);
    setProblem(undefined);
    try {
      onPlace(await askBrowser());
    } catch (error) {
      setProblem(error instanceof PlaceError ? error.problem : "unavailable");
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <Button type="primary" size="large" icon={<AimOutlined />} loading={isBusy} onClick={() => void ask()}>
        {t("nearby.here")}
      </Button>
      <p className="wallet-soft">{t("nearby.privacy")}</p>
      {problem === undefined ? null : <Alert type="warning" showIcon title={t(`nearby.problem.${problem}`)} />}
    </>
  );
}
