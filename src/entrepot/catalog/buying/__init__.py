"""What a cart has to know of products: whether they are sold here, what they weigh, how they are taxed and priced."""

from entrepot.catalog.buying.goods import Goods, goods_by_id, goods_by_sku

__all__ = ["Goods", "goods_by_id", "goods_by_sku"]
