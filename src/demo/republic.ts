import { fold } from '../domain/fold.ts';
import type { Sector } from '../domain/sectors.ts';
import type { DemoAgency } from './plan.ts';

export const REPUBLIC = 'Republic of Lạc Hải';

export const DEMO_NOTICE = `Demonstration: the ${REPUBLIC}, its agencies, people and commitments are invented. No government or organisation named here as a partner has signed anything in it.`;

const agency = (
  kind: 'ministry' | 'body',
  code: string,
  sector: Sector,
  name: string,
  aliases: readonly string[],
  formerNames: readonly string[] = [],
): DemoAgency => ({ code, name, kind, sector, aliases, formerNames });

const ministry = agency.bind(null, 'ministry');
const body = agency.bind(null, 'body');

const CENTRAL: readonly DemoAgency[] = [
  ministry('MFA', 'politics', 'Ministry of Foreign Affairs', ['Foreign Ministry', 'Bộ Ngoại giao']),
  ministry('GO', 'politics', 'Government Office', ['Văn phòng Chính phủ']),
  ministry('MPE', 'economy', 'Ministry of Planning and Economy', ['Planning', 'Bộ Kế hoạch'], ['State Planning Board']),
  body('NSO', 'economy', 'National Statistics Office', ['Statistics']),
  ministry('MIT', 'trade', 'Ministry of Industry and Trade', ['Industry and Trade', 'Bộ Công Thương']),
  body('TPA', 'trade', 'Trade Promotion Agency', ['Trade Promotion']),
  body('ISQ', 'trade', 'Institute for Standards and Quality', ['Standards Institute']),
  body('IPA', 'investment', 'Investment Promotion Agency', ['Invest Lạc Hải']),
  body('EZA', 'investment', 'Economic Zones Authority', ['Economic Zones']),
  ministry('MOF', 'finance', 'Ministry of Finance', ['Finance', 'Bộ Tài chính']),
  ministry('SBL', 'finance', 'State Bank', ['Central Bank', 'Ngân hàng Nhà nước']),
  body('CUS', 'finance', 'General Department of Customs', ['Customs', 'Hải quan']),
  body('TAX', 'finance', 'General Department of Taxation', ['Tax Department']),
  ministry('MST', 'science-technology', 'Ministry of Science and Technology', ['Science Ministry', 'Bộ Khoa học']),
  body('NAS', 'science-technology', 'National Academy of Sciences', ['Academy of Sciences']),
  body('IPO', 'science-technology', 'Intellectual Property Office', ['Patent Office']),
  ministry('MOE', 'education', 'Ministry of Education', ['Education', 'Bộ Giáo dục'], ['Ministry of Schools']),
  body('NUC', 'education', 'National University Council', ['University Council']),
  body('VTA', 'education', 'Vocational Training Authority', ['Vocational Training']),
  ministry('MEN', 'energy', 'Ministry of Energy', ['Energy', 'Bộ Năng lượng']),
  body('NPG', 'energy', 'National Power Grid', ['Power Grid', 'Grid Company']),
  body('REA', 'energy', 'Renewable Energy Agency', ['Renewables']),
  body('NRS', 'energy', 'Nuclear and Radiation Safety Agency', ['Radiation Safety']),
  ministry('MOT', 'transport', 'Ministry of Transport', ['Transport', 'Bộ Giao thông']),
  body('RWA', 'transport', 'Railway Authority', ['Railways']),
  body('CAA', 'transport', 'Civil Aviation Authority', ['Civil Aviation']),
  body('MAR', 'transport', 'Maritime Administration', ['Ports and Shipping']),
  ministry('MOC', 'construction', 'Ministry of Construction', ['Construction', 'Bộ Xây dựng']),
  body('UPI', 'construction', 'Urban Planning Institute', ['Urban Planning']),
  ministry(
    'MAG',
    'agriculture',
    'Ministry of Agriculture',
    ['Agriculture', 'Bộ Nông nghiệp'],
    ['Ministry of Rural Affairs'],
  ),
  body('FIS', 'agriculture', 'Fisheries Department', ['Fisheries']),
  body('FOR', 'agriculture', 'Forestry Department', ['Forestry']),
  body('PAQ', 'agriculture', 'Plant and Animal Quarantine Service', ['Quarantine Service']),
  ministry('MNE', 'environment', 'Ministry of Environment', ['Environment', 'Bộ Môi trường']),
  body('HMS', 'environment', 'Hydro-Meteorological Service', ['Weather Service']),
  body('LND', 'environment', 'General Department of Land', ['Land Department', 'Lands']),
  ministry('MOH', 'health', 'Ministry of Health', ['Health', 'Bộ Y tế']),
  body('CDC', 'health', 'Centre for Disease Control', ['Disease Control']),
  body('MDA', 'health', 'Medicines Authority', ['Drug Authority']),
  ministry('MOL', 'labour', 'Ministry of Labour', ['Labour', 'Bộ Lao động']),
  body('OEO', 'labour', 'Overseas Employment Office', ['Overseas Employment']),
  body('SIA', 'labour', 'Social Insurance Agency', ['Social Insurance']),
  ministry('MCT', 'culture', 'Ministry of Culture and Tourism', ['Culture', 'Bộ Văn hóa']),
  body('NTB', 'culture', 'National Tourism Board', ['Tourism Board']),
  body('HER', 'culture', 'Heritage Department', ['Heritage']),
  ministry('MOJ', 'justice', 'Ministry of Justice', ['Justice', 'Bộ Tư pháp']),
  body('SPC', 'justice', 'Supreme Court', ['Court']),
  body('SPP', 'justice', 'Supreme Procuracy', ['Procuracy']),
  ministry('MOD', 'defence', 'Ministry of Defence', ['Defence', 'Bộ Quốc phòng']),
  body('CGD', 'defence', 'Coast Guard', ['Cảnh sát biển']),
  body('MAC', 'defence', 'Mine Action Centre', ['Mine Action']),
  ministry('MPS', 'security', 'Ministry of Public Security', ['Public Security', 'Bộ Công an']),
  body('IMM', 'security', 'Immigration Department', ['Immigration']),
  body('CSC', 'security', 'Cyber Security Centre', ['Cyber Centre']),
  body('UFO', 'people-to-people', 'Union of Friendship Organisations', ['Friendship Union']),
  body('NYU', 'people-to-people', 'National Youth Union', ['Youth Union']),
  body('WOU', 'people-to-people', 'Women’s Union', ['Hội Phụ nữ']),
  ministry('MIC', 'information', 'Ministry of Information', ['Information', 'Bộ Thông tin']),
  body('NBC', 'information', 'National Broadcasting Corporation', ['National Radio and Television']),
  body('NNA', 'information', 'National News Agency', ['News Agency']),
  body('DGA', 'information', 'Digital Government Agency', ['Digital Government']),
];

/** Which body of its sector answers for what; the ministry does for the rest. */
export const ANSWERS_FOR: Readonly<Record<string, RegExp>> = {
  GO: /follow-up|preventive diplomacy/,
  NSO: /statistics|forecasting/,
  TPA: /promotion|small exporters|supply chains/,
  ISQ: /standards|technical barriers|halal/,
  IPA: /promotion|one-stop|green-field|conduct/,
  EZA: /park|logistics|border/,
  SBL: /currencies|payment|banking|bonds|sandbox/,
  CUS: /customs/,
  TAX: /tax/,
  NAS: /researchers|marine|biotechnology|outer space/,
  IPO: /intellectual/,
  NUC: /university|universities|accreditation|scholarships/,
  VTA: /vocational/,
  NPG: /grid|interconnector/,
  REA: /wind|solar|hydrogen|efficiency/,
  NRS: /nuclear/,
  RWA: /railway/,
  CAA: /air services/,
  MAR: /seafarers|shipping|waterways/,
  UPI: /planning|smart-city|settlements/,
  FIS: /fisheries/,
  FOR: /timber/,
  PAQ: /veterinary|pests|animal diseases/,
  HMS: /water-flow|forecasting/,
  LND: /soil|spatial/,
  CDC: /pandemics|malaria|antimicrobial/,
  MDA: /medicines|vaccine/,
  OEO: /workers|recruitment|seasonal/,
  SIA: /social security/,
  NTB: /tourism|tourist/,
  HER: /heritage|towers|cultural property/,
  SPC: /judges|judgments/,
  SPP: /extradition|sentenced/,
  CGD: /sea|coast/,
  MAC: /mines/,
  IMM: /readmission|visas/,
  CSC: /cyber|online fraud/,
  NYU: /young|schools|voluntary/,
  WOU: /women/,
  UFO: /friendship|festival|sister/,
  NBC: /television/,
  NNA: /news/,
  DGA: /digital|open data|signatures/,
};

const PROVINCES =
  'Thanh Giang, Hòa Lâm, Vĩnh Sơn, Phú Nguyên, Long Khê, An Thủy, Bình Lạc, Đông Lâm, Tây Khê, Nam Thủy, Bắc Nguyên, Quế Lâm, Trà Giang, Mộc Sơn, Kim Hà, Ngọc Khê, Sơn Hải, Hải Bình, Cẩm Nguyên, Yên Hà, Tân Khê, Châu Sơn, Lam Giang, Hồng Sơn, Bạch Hà, Thạch Lâm, Cửu Giang, Đại Nguyên, Xuân Hải, Thu Giang, Tam Sơn, Liên Thủy, Diên Khê, Minh Giang'.split(
    ', ',
  );

export const PROVINCE_PREFIX = 'Province of ';

const province = (name: string): DemoAgency => ({
  code: fold(name).toUpperCase().replace(' ', '-'),
  name: `${PROVINCE_PREFIX}${name}`,
  kind: 'province',
  sector: 'province',
  aliases: [name, `Tỉnh ${name}`],
  formerNames: [],
});

/** Ministries and sector bodies, then the provinces. The foreign ministry, which coordinates, is the first. */
export const AGENCIES: readonly DemoAgency[] = [...CENTRAL, ...PROVINCES.map(province)];
