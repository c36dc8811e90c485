    if not model.Settings().model_file.exists():
        training.main()
