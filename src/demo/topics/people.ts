import { anybody, countries, neighbours } from './topic.ts';

export const scienceTechnology = [
  countries('a joint research fund', 'First call published, ten projects funded'),
  anybody('artificial intelligence standards', 'National standard issued'),
  countries('design of semiconductors', 'Design centre opened, a hundred engineers trained'),
  countries('peaceful uses of outer space', 'Ground station in operation'),
  anybody('protection of intellectual property', 'Examination backlog halved'),
  countries('biotechnology laboratories', 'Laboratory certified'),
  anybody('innovation centres in universities', 'Three centres opened'),
  countries('recognition of measurement standards', 'Calibration certificates accepted by both sides'),
  countries('exchange of researchers', 'Thirty researchers exchanged'),
  countries('marine science and survey data', 'Data centre open to both academies'),
  anybody('technology needs for adaptation', 'Assessment published'),
];

export const education = [
  countries('mutual recognition of university degrees', 'List of recognised universities in force'),
  countries('government scholarships', 'A hundred scholarships awarded'),
  countries('teaching of the partner’s language in schools', 'Pilot in twenty schools evaluated'),
  anybody('vocational training for green jobs', 'Curricula of eight trades adopted'),
  countries('a joint university', 'Charter approved, first students enrolled'),
  anybody('digital teaching materials', 'Platform open to all secondary schools'),
  anybody('inclusion of children with disabilities', 'Four thousand teachers trained'),
  countries('exchange of teachers', 'Sixty teachers exchanged'),
  countries('accreditation of engineering programmes', 'Twelve programmes accredited'),
  neighbours('schools for pupils in border communes', 'Three boarding schools handed over'),
];

export const labour = [
  countries('sending and receiving workers', 'First thousand workers placed'),
  countries('coordination of social security', 'Agreement ratified and in force'),
  anybody('safety and health at work', 'Inspection plan carried out in four hundred firms'),
  anybody('elimination of child labour in supply chains', 'National plan adopted'),
  countries('recognition of skilled workers’ certificates', 'Eight trades recognised'),
  countries('seasonal work in agriculture', 'Quota agreed, first group departed'),
  anybody('wage statistics and minimum wages', 'Survey published'),
  countries('ethical recruitment', 'List of licensed recruiters exchanged'),
  neighbours('protection of workers in border districts', 'Work permit in force'),
  anybody('vocational rehabilitation', 'Two centres equipped'),
];

export const culture = [
  countries('a cultural centre', 'Centre opened'),
  anybody('safeguarding of intangible heritage', 'Inventory of two regions finished'),
  countries('restoration of ancient towers', 'Restoration of group A finished'),
  countries('film production', 'Co-production agreement in force'),
  countries('tourism promotion and direct flights', 'Two campaigns held'),
  countries('return of cultural property', 'Three objects returned'),
  anybody('creative industries', 'Two creative hubs opened'),
  countries('a year of cultural exchange', 'Programme of twelve events carried out'),
  neighbours('tourist routes across the border', 'Three routes open'),
  countries('sports training and coaching', 'Twenty coaches trained'),
  anybody('management of world heritage sites', 'Management plan approved'),
];

export const justice = [
  countries('mutual legal assistance in civil matters', 'Treaty ratified and in force'),
  countries('extradition', 'Treaty ratified and in force'),
  countries('transfer of sentenced persons', 'Treaty ratified and in force'),
  anybody('access to legal aid', 'Legal aid desks open in ten provinces'),
  countries('training of judges in commercial law', 'Two courses finished'),
  anybody('international enforcement of judgments', 'Draft law submitted'),
  countries('adoption of children across borders', 'Procedure in force'),
  anybody('an electronic register of laws', 'Register open to the public'),
  countries('mediation of commercial disputes', 'Mediation centre recognised'),
  neighbours('civil status of residents in border communes', 'Five thousand certificates issued'),
];

export const peopleToPeople = [
  countries('sister provinces', 'Programme for three years signed'),
  countries('exchange of young leaders', 'Exchange of forty young leaders held'),
  anybody('voluntary service', 'First fifty volunteers placed'),
  countries('a friendship association', 'Association founded'),
  anybody('women entrepreneurs', 'Network of two hundred members founded'),
  countries('twinning of secondary schools', 'Ten pairs of schools twinned'),
  neighbours('friendship between border communes', 'Twelve pairs of communes twinned'),
  countries('medical missions of volunteers', 'Two missions finished'),
  anybody('civil society in local development', 'Grant scheme in operation'),
  countries('a festival of friendship', 'Festival held'),
];

export const information = [
  countries('exchange of news between news agencies', 'Daily exchange in operation'),
  anybody('digital government services', 'Eight services online'),
  countries('co-production of television programmes', 'Four documentaries broadcast'),
  anybody('digital skills for local officials', 'Two thousand officials trained'),
  countries('mutual recognition of electronic signatures', 'Recognition in force'),
  countries('submarine cables and data centres', 'Landing licence issued'),
  anybody('countering false information in emergencies', 'Guideline adopted, exercise held'),
  neighbours('radio frequencies in border areas', 'Frequency plan agreed'),
  countries('publishing and translation', 'Ten titles translated on each side'),
  anybody('open data in public administration', 'Portal with three hundred data sets online'),
];
