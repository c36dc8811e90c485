                "Location",
                "Retry-After",
                "X-Request-ID",
