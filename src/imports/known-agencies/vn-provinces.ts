import { foldName } from '../../domain/agency-names.ts';
import type { KnownBody } from './vn.ts';

/** The 34 provinces and cities since 1 July 2025 (National Assembly Resolution 202/2025/QH15), each before those merged into it. */
const NOW_AND_BEFORE = `
Hà Nội | Huế, Thừa Thiên Huế | Lai Châu | Điện Biên | Sơn La | Lạng Sơn | Quảng Ninh | Thanh Hóa | Nghệ An | Hà Tĩnh
Cao Bằng | Tuyên Quang, Hà Giang | Lào Cai, Yên Bái | Thái Nguyên, Bắc Kạn | Phú Thọ, Vĩnh Phúc, Hòa Bình
Bắc Ninh, Bắc Giang | Hưng Yên, Thái Bình | Hải Phòng, Hải Dương | Ninh Bình, Hà Nam, Nam Định | Quảng Trị, Quảng Bình
Đà Nẵng, Quảng Nam | Quảng Ngãi, Kon Tum | Gia Lai, Bình Định | Khánh Hòa, Ninh Thuận | Lâm Đồng, Đắk Nông, Bình Thuận
Đắk Lắk, Phú Yên | Thành phố Hồ Chí Minh, Bình Dương, Bà Rịa - Vũng Tàu | Đồng Nai, Bình Phước | Tây Ninh, Long An
Cần Thơ, Sóc Trăng, Hậu Giang | Vĩnh Long, Bến Tre, Trà Vinh | Đồng Tháp, Tiền Giang | Cà Mau, Bạc Liêu | An Giang, Kiên Giang`;

const BEFORE_A_NAME = [
  '',
  'tỉnh ',
  'thành phố ',
  'TP. ',
  'UBND tỉnh ',
  'UBND thành phố ',
  'Ủy ban nhân dân tỉnh ',
  'Ủy ban nhân dân thành phố ',
];

export const provinces: readonly KnownBody[] = NOW_AND_BEFORE.trim()
  .split(/\s*[|\n]\s*/)
  .map((group) => {
    const bare = group.split(/,\s*/).map((name) => name.replace(/^Thành phố /, ''));
    const now = bare[0] ?? group;
    return {
      code: `province ${foldName(now)}`,
      sector: 'province',
      names: bare.flatMap((name) => BEFORE_A_NAME.map((word) => `${word}${name}`)),
    };
  });
