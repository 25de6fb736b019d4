/** Which address shows which page. Each page is a file of its own and is loaded when it is opened. */
import { Route, Routes } from "react-router";
import { lazy } from "./loading.ts";
import { consolePaths, paths } from "./urls.ts";

const Account = lazy(() => import("./pages/accounts/AccountPage.tsx"));
const Accounts = lazy(() => import("./pages/accounts/AccountsPage.tsx"));
const Block = lazy(() => import("./pages/blocks/BlockPage.tsx"));
const Blocks = lazy(() => import("./pages/blocks/BlocksPage.tsx"));
const Council = lazy(() => import("./pages/council/CouncilPage.tsx"));
const DraftProposal = lazy(() => import("./pages/council/DraftPage.tsx"));
const Proposal = lazy(() => import("./pages/council/ProposalPage.tsx"));
const Desk = lazy(() => import("./pages/desk/DeskConsole.tsx"));
const Exchange = lazy(() => import("./pages/exchange/ExchangePage.tsx"));
const Pool = lazy(() => import("./pages/exchange/PoolPage.tsx"));
const Merchant = lazy(() => import("./pages/merchant/MerchantConsole.tsx"));
const Network = lazy(() => import("./pages/network/NetworkPage.tsx"));
const Members = lazy(() => import("./pages/members/MembersPage.tsx"));
const Member = lazy(() => import("./pages/members/MemberPage.tsx"));
const Search = lazy(() => import("./pages/search/SearchPage.tsx"));
const Supervision = lazy(() => import("./pages/supervision/SupervisionPage.tsx"));
const Overview = lazy(() => import("./pages/overview/OverviewPage.tsx"));
const Point = lazy(() => import("./pages/points/PointPage.tsx"));
const Points = lazy(() => import("./pages/points/PointsPage.tsx"));
const SignIn = lazy(() => import("./pages/sign-in/SignInPage.tsx"));
const NotFound = lazy(() => import("./pages/system/NotFoundPage.tsx"));
const StandardAddress = lazy(() => import("./pages/system/StandardAddress.tsx"));
const Transaction = lazy(() => import("./pages/transactions/TransactionPage.tsx"));
const Transactions = lazy(() => import("./pages/transactions/TransactionsPage.tsx"));
const Wallet = lazy(() => import("./pages/wallet/WalletPage.tsx"));

export function Pages() {
  return (
    <Routes>
      <Route path={paths.overview} element={<Overview />} />
      <Route path={paths.blocks} element={<Blocks />} />
      <Route path={paths.block} element={<Block />} />
      <Route path={consolePaths.desk} element={<Desk />} />
      <Route path={consolePaths.merchant} element={<Merchant />} />
      <Route path={paths.network} element={<Network />} />
      <Route path={paths.points} element={<Points />} />
      <Route path={paths.point} element={<Point />} />
      <Route path={paths.accounts} element={<Accounts />} />
      <Route path={paths.account} element={<Account />} />
      <Route path={paths.signIn} element={<SignIn />} />
      <Route path={consolePaths.wallet} element={<Wallet />} />
      <Route path={paths.council} element={<Council />} />
      <Route path={paths.draftProposal} element={<DraftProposal />} />
      <Route path={paths.proposal} element={<Proposal />} />
      <Route path={paths.exchange} element={<Exchange />} />
      <Route path={paths.pool} element={<Pool />} />
      <Route path={paths.members} element={<Members />} />
      <Route path={paths.member} element={<Member />} />
      <Route path={paths.search} element={<Search />} />
      <Route path={paths.supervision} element={<Supervision />} />
      <Route path={paths.transactions} element={<Transactions />} />
      <Route path={paths.transaction} element={<Transaction />} />
      <Route path="/tx/:id" element={<StandardAddress kind="tx" />} />
      <Route path="/address/:id" element={<StandardAddress kind="address" />} />
      <Route path="/block/:id" element={<StandardAddress kind="block" />} />
      <Route path="/token/:id" element={<StandardAddress kind="token" />} />
      <Route path="*" element={<NotFound />} />
    </Routes>
  );
}
