import { anybody, countries, neighbours } from './topic.ts';

export const politics = [
  countries('annual consultations between foreign ministries', 'First round of consultations held, minutes signed'),
  countries('visa exemption for holders of diplomatic and service passports', 'Exemption in force on both sides'),
  countries(
    'mutual support of candidatures in international organisations',
    'List of candidatures exchanged for three years',
  ),
  countries('a strategic partnership action plan for five years', 'Action plan approved by both governments'),
  neighbours('demarcation and upkeep of the common border', 'Border markers surveyed and the joint record signed'),
  countries('premises and privileges of diplomatic missions', 'Land for both missions allotted'),
  countries('training of young diplomats', 'Two courses held, forty diplomats trained'),
  anybody('consultation on the law of the sea', 'Expert group founded, first meeting held'),
  anybody('a regional dialogue on preventive diplomacy', 'Dialogue held and its report published'),
  anybody('follow-up of the sustainable development goals', 'National review presented'),
];

export const economy = [
  countries('a joint committee on economic cooperation', 'Committee founded and its first session held'),
  anybody('advice on the medium-term economic plan', 'Recommendations handed over and answered'),
  anybody('statistics on trade in services', 'First joint tables published'),
  countries('exchange of experience in reforming state enterprises', 'Three workshops held, report submitted'),
  anybody('a programme for small and medium-sized enterprises', 'Two hundred enterprises advised'),
  countries('competition policy and merger control', 'Channel for case consultations in operation'),
  anybody('forecasting models for the national economy', 'Model installed and ten analysts trained'),
  countries('a council of business leaders', 'Council constituted, statutes adopted'),
  neighbours('cross-border economic cooperation zones', 'Master plan of the first zone approved'),
  anybody('the circular economy in manufacturing', 'Pilot in two industries evaluated'),
];

export const trade = [
  countries('removal of technical barriers to trade', 'List of accepted test reports in force'),
  countries('electronic certificates of origin', 'Certificates exchanged electronically at all gates'),
  neighbours('opening hours of border gates', 'Longer hours in force at three gates'),
  countries('market access for fresh fruit', 'First consignment cleared'),
  countries('port and container standards', 'Common standards adopted'),
  anybody('trade facilitation for small exporters', 'Help desk open in five provinces'),
  countries('trade in halal products', 'Certification body recognised by the partner'),
  countries('a trade promotion office', 'Office opened and staffed'),
  anybody('supply chains for electronic components', 'Register of suppliers online'),
  countries('trade remedies and anti-dumping procedures', 'Contact points named, first consultation held'),
  anybody('accession to the convention on electronic commerce', 'Dossier submitted to the National Assembly'),
];

export const investment = [
  countries('promotion and protection of investments', 'Agreement ratified and in force'),
  countries('an industrial park for high technology', 'Park licensed, first tenant contracted'),
  anybody('a one-stop service for foreign investors', 'Service open in the capital'),
  countries('a joint investment fund', 'Fund founded, first tranche paid in'),
  anybody('public-private partnership in infrastructure', 'Two projects ready for tender'),
  neighbours('investment by small traders in border districts', 'Simplified licence in force'),
  countries('green-field investment in battery plants', 'Site chosen and the investment licence issued'),
  anybody('settlement of disputes with investors', 'Early-warning desk in operation'),
  countries('logistics centres at deep-water ports', 'Concession signed for one centre'),
  anybody('responsible business conduct of investors', 'Guideline published in three languages'),
];

export const finance = [
  countries('avoidance of double taxation', 'Agreement ratified and in force'),
  anybody('a loan for the modernisation of tax administration', 'Loan effective, first disbursement made'),
  countries('payment in local currencies', 'Settlement banks named, first payment cleared'),
  countries('cross-border retail payment by QR code', 'Payment possible at ten thousand shops'),
  anybody('green bonds and the sustainable finance taxonomy', 'Taxonomy issued'),
  countries('mutual assistance in customs matters', 'Data exchanged daily between both customs services'),
  anybody('supervision of insurance markets', 'Supervision manual adopted'),
  anybody('capacity building in public debt management', 'Debt strategy published'),
  countries('banking supervision and deposit protection', 'Memorandum in force between both central banks'),
  countries('a fintech regulatory sandbox', 'First three firms admitted'),
  neighbours('a single window at common customs gates', 'Single inspection in force at two gates'),
];

export const energy = [
  neighbours('grid connection and import of hydropower', 'Line energised and the purchase contract in force'),
  countries('training for offshore wind power', 'Sixty engineers certified'),
  countries('a roadmap for green hydrogen', 'Roadmap approved, pilot site chosen'),
  anybody('energy efficiency in industry', 'Energy audits in a hundred factories finished'),
  anybody('a just energy transition programme', 'Resource mobilisation plan approved'),
  countries('nuclear safety and staff training', 'Regulatory handbook adopted, first course finished'),
  countries('smart grids and battery storage', 'Pilot storage of 50 MW connected'),
  anybody('rooftop solar power for schools', 'Two hundred schools connected'),
  countries('exploration of liquefied gas terminals', 'Feasibility study accepted'),
  countries('standards for electric vehicle charging', 'National standard issued'),
  neighbours('a 500 kV interconnector', 'Route approved and land handed over'),
];

export const transport = [
  neighbours('a cross-border railway', 'Land handed over and construction begun'),
  countries('air services between both countries', 'Two new routes in operation'),
  neighbours('cross-border carriage of goods by road', 'Permits exchanged for the year'),
  countries('design and supervision of an expressway', 'Detailed design approved'),
  countries('recognition of seafarers’ certificates', 'Recognition in force'),
  anybody('an urban railway line', 'Financing effective, first tender published'),
  anybody('road safety on national highways', 'Black spots on 300 km removed'),
  countries('green shipping corridors', 'First corridor designated, two ports equipped'),
  anybody('inland waterways and river ports', 'Two river ports dredged and equipped'),
  countries('maintenance training for railway engineers', 'Thirty engineers certified'),
  countries('mutual recognition of driving licences', 'Recognition in force'),
];
