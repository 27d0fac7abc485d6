// Expat declares its protection against entity bombs where this says that it was built with it.
#define XML_DTD 1
#include <expat.h>
