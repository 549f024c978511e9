"""The invented parties. Nobody and nothing here exists."""

from dataclasses import dataclass

from archiver.recognition.codes import credit_check, registration_check

_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


def organisation_check(body: str) -> str:
    """The ninth character for the first eight of an organisation code (GB 11714-1997)."""
    total = sum(int(c, 36) * weight for c, weight in zip(body, _WEIGHTS, strict=True))
    return "0123456789X0"[11 - total % 11]


@dataclass(frozen=True, slots=True)
class Party:
    """An invented company. `serial` makes its codes, in a division (990001) nobody is given."""

    name: str
    serial: str
    address: str

    @property
    def code(self) -> str:
        """A unified social credit code with a right check digit (GB 32100-2015)."""
        body = f"91990001MA{self.serial}"
        return body + credit_check(body)

    @property
    def old_no(self) -> str:
        """A 15-digit registration number with a right check digit."""
        body = f"990001{self.serial[:1]}00{int(self.serial[1:6], 36) % 100000:05d}"
        return body + registration_check(body)

    @property
    def organisation_no(self) -> str:
        """An organisation code as its certificate prints it: `MA8YC800-1`."""
        return f"{self.code[8:16]}-{self.code[16]}"


def _party(name: str, serial: str, address: str) -> Party:
    """A party whose six characters of `serial` get the check character of organisation codes."""
    return Party(name, serial + organisation_check(f"MA{serial}"), address)


OWN = Party("青梧样本汽车维修服务有限公司", "0WN0001", "青梧市样本大道1号")
HUAXIN = Party("青梧市华信样本运输有限公司", "1HX1001", "青梧市河东区样本路18号")
HUAXIN2 = Party("青梧市华鑫样本运输有限公司", "2HX2002", "青梧市河西区样本街66号")
YUNZE = Party("云泽样本贸易有限公司", "3YX3003", "云泽市样本商务区5号楼301室")
FOOD = Party("青梧市样本食品厂", "4FP4004", "青梧市北郊样本村7号")
PARTS = Party("Specimen Auto Parts (Qingwu) Co., Ltd.", "5PA5005", "8 Specimen Road, Qingwu")
SHOP = Party("青梧市新桥样本超市", "6XQ6006", "青梧市新桥镇样本街9号")
STRANGER = Party("青梧市华兴样本运输有限公司", "7HX7007", "青梧市河南区样本巷2号")

LOGISTICS = _party("青梧市远程样本物流有限公司", "8YC800", "青梧市空港样本大道20号")
TAXI = _party("青梧样本出租汽车有限公司", "9CX900", "青梧市河东区样本站前路3号")
CHEMICALS = _party("云泽样本化工有限公司", "AHG010", "云泽市样本化工园区2号")
BUILDER = _party("青梧市北郊样本建材经营部", "1JC011", "青梧市北郊样本建材市场12号")
NORTHQUAY = _party("Northquay Specimen Logistics Ltd.", "CNQ012", "14 Specimen Quay, Northquay")
MEDICAL = _party("青梧样本医疗器械有限公司", "DYL013", "青梧市高新区样本科技园6号")
TYRES = _party("云泽样本轮胎制造有限公司", "ELT014", "云泽市样本工业园88号")
TYRES_EN = "Yunze Specimen Tyre Manufacturing Co., Ltd."

WORKER_A, WORKER_B = "样本甲", "样本乙"
"""Persons have these two names and no other."""
