import { anybody, countries, neighbours } from './topic.ts';

export const construction = [
  countries('social housing for industrial workers', 'First thousand flats handed over'),
  anybody('resilient drainage in coastal cities', 'Drainage of two cities in operation'),
  countries('smart-city standards', 'Standards adopted in three cities'),
  countries('water supply and waste water treatment plants', 'Plant commissioned'),
  anybody('green building certification', 'Certification scheme in force'),
  countries('recognition of engineering qualifications', 'Register of recognised engineers open'),
  neighbours('friendship bridge and its access roads', 'Bridge open to traffic'),
  anybody('upgrading of low-income settlements', 'Four settlements upgraded'),
  countries('building materials from industrial waste', 'Technical guideline issued, pilot line running'),
  countries('a joint centre for urban planning', 'Centre founded and staffed'),
];

export const agriculture = [
  countries('export of rice under a government contract', 'Contract signed for the year'),
  anybody('low-emission rice growing', 'One hundred thousand hectares enrolled'),
  countries('veterinary certificates for meat and dairy products', 'Certificates agreed and in use'),
  anybody('early warning of plant pests', 'Network reporting weekly from twelve provinces'),
  countries('sustainable fisheries and port inspection', 'Inspection in force at six ports'),
  countries('a demonstration farm for dairy cattle', 'Farm in operation'),
  neighbours('control of animal diseases along the border', 'Joint vaccination campaign finished'),
  anybody('traceability of timber', 'Licensing scheme in operation'),
  countries('seed breeding and variety protection', 'Three varieties registered'),
  anybody('irrigation that withstands drought', 'Four schemes rehabilitated'),
  countries('training of agricultural cooperatives', 'Fifty cooperatives trained'),
];

export const environment = [
  anybody('a carbon market and its registry', 'Registry in operation, first credits issued'),
  neighbours('exchange of water-flow data on shared rivers', 'Data exchanged every hour in the flood season'),
  anybody('reduction of plastic waste at sea', 'Action plan carried out in eight ports'),
  countries('transfer of carbon credits', 'First transfer authorised'),
  anybody('protection of wetlands of international importance', 'Two wetlands listed, management plans approved'),
  countries('remediation of contaminated soil', 'Two sites cleaned and handed over'),
  anybody('flood forecasting and early warning', 'Forecast centre running around the clock'),
  countries('waste-to-energy plants', 'First plant licensed'),
  countries('marine spatial planning', 'Plan for one coastal region approved'),
  neighbours('protection of transboundary forests', 'Joint patrols begun'),
  anybody('adaptation of delta provinces to climate change', 'Adaptation fund in operation'),
];

export const health = [
  countries('mutual recognition of nursing qualifications', 'Recognition in force'),
  anybody('preparedness for pandemics', 'National stockpile filled, exercise held'),
  countries('transfer of vaccine technology', 'Production line licensed'),
  countries('a twinning of teaching hospitals', 'Forty specialists exchanged'),
  anybody('prevention of antimicrobial resistance', 'Surveillance running in thirty hospitals'),
  anybody('health insurance for informal workers', 'Benefit package approved'),
  countries('registration of medicines by reliance', 'Reliance procedure in force'),
  neighbours('malaria elimination in border districts', 'No indigenous case for a year'),
  countries('telemedicine for island communities', 'Twelve islands connected'),
  countries('traditional medicine research', 'Two clinical studies finished'),
  anybody('nutrition of schoolchildren', 'Standards adopted, pilot in six provinces'),
];

export const defence = [
  countries('clearance of mines and unexploded ordnance', 'Survey of 20,000 hectares finished'),
  countries('officers’ language training', 'Two courses finished'),
  countries('United Nations peacekeeping preparation', 'Field hospital certified'),
  countries('search and rescue at sea', 'Exercise held, hot line in operation'),
  countries('a defence policy dialogue', 'Dialogue held at deputy ministers’ level'),
  countries('military medicine', 'Two hospitals twinned, specialists exchanged'),
  neighbours('friendship exchanges of border guards', 'Exchange held, joint patrol schedule signed'),
  countries('humanitarian assistance and disaster relief', 'Operating procedure adopted'),
  countries('coast guard cooperation', 'Ship visits exchanged, contact list in force'),
  countries('maintenance of transport aircraft', 'Maintenance contract in force'),
];

export const security = [
  countries('exchange of information on transnational crime', 'Secure channel in operation'),
  anybody('prevention of trafficking in persons', 'Referral procedure in force'),
  countries('cyber security and incident response', 'Joint exercise held'),
  neighbours('control of narcotic drugs along the border', 'Liaison offices open at four gates'),
  countries('readmission of nationals without papers', 'Protocol in force'),
  countries('training of police investigators', 'Three courses finished'),
  countries('protection of personal data in police work', 'Agreement in force'),
  anybody('fight against online fraud', 'Contact point reachable around the clock'),
  countries('fire prevention and rescue techniques', 'Eighty instructors trained'),
  countries('electronic visas and border control systems', 'System in operation at three airports'),
];
