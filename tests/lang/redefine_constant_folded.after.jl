main(String[])
const scale = 7
main(String[])
const label = "new"
