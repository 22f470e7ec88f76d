//go:build unix

package memory

/*
#include <sys/resource.h>
#include <unistd.h>

// What the runtime of Go and the libraries may need before the first line of the program runs (measured:
// below 1.4 GB of address space, or 110 MB of data, some starts fail).
#define LVV_START_SPACE (2000UL << 20)
#define LVV_START_DATA (160UL << 20)

#define LVV_SAY(text) (write(STDERR_FILENO, text, sizeof text - 1) < 0)

// A constructor runs before the runtime of Go does.
__attribute__((constructor)) static void lvv_enough_to_start(void) {
	struct rlimit limit;
	if (getrlimit(RLIMIT_AS, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY && limit.rlim_cur < LVV_START_SPACE) {
		_exit(1 | LVV_SAY("lvv: the limit on address space (ulimit -v) is too low for this program to start\n"
			"  Raise it, such as: ulimit -v 4194304, or take it away: ulimit -v unlimited\n"));
	}
	if (getrlimit(RLIMIT_DATA, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY && limit.rlim_cur < LVV_START_DATA) {
		_exit(1 | LVV_SAY("lvv: the limit on data (ulimit -d) is too low for this program to start\n"
			"  Raise it, such as: ulimit -d 1048576, or take it away: ulimit -d unlimited\n"));
	}
}
*/
import "C"
