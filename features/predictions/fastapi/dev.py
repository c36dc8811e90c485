    if not Settings().model_file.exists():
        runpy.run_module(f"{PACKAGE}.predictions.training", run_name="__main__")
