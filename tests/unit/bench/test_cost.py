import math

from bench.cost import per_message


def test_the_cost_of_a_message_is_the_processor_time_of_all_processes_over_the_messages():
    found = per_message({"web": 1.0, "engine": 2.0}, {"web": 1.5, "engine": 3.0}, 100)
    assert found == {"cost_ms": 15.0, "cost_web_ms": 5.0, "cost_engine_ms": 10.0}


def test_without_a_message_the_cost_is_unknown():
    assert math.isnan(per_message({"web": 1.0}, {"web": 1.5}, 0)["cost_ms"])
