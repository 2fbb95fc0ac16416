import type { ReactNode } from 'react'

/** An icon on a grid of 24, drawn with the colour and at the size of the text around it unless told otherwise. */
function icon(shape: ReactNode) {
  return function Icon({ size = 18 }: { size?: number }) {
    return (
      <svg
        width={size}
        height={size}
        viewBox="0 0 24 24"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.8"
        strokeLinecap="round"
        strokeLinejoin="round"
        aria-hidden="true"
      >
        {shape}
      </svg>
    )
  }
}

const handset =
  'M7 4c-1.7 0-3 1.4-2.9 3C4.600 13.900 10.100 19.400 17 19.900c1.600.1 3-1.200 3-2.900v-1.600c0-.7-.5-1.300-1.200-1.500l-2.600-.7c-.6-.1-1.200.1-1.600.6l-.7.9a13 13 0 0 1-4.600-4.600l.9-.7c.5-.4.7-1 .6-1.600l-.7-2.600C9.900 4.500 9.300 4 8.600 4Z'

export const IconAlert = icon(<path d="M12 4.500 3.500 19h17Zm0 5.500v4m0 2.600v.1" />)
export const IconBack = icon(<path d="m14.500 6-6 6 6 6" />)
export const IconBell = icon(
  <path d="M6 16.500c1.200-1.300 1.500-3 1.500-5.500a4.500 4.500 0 0 1 9 0c0 2.500.3 4.200 1.500 5.500Zm4 0a2 2 0 0 0 4 0M12 4.500v2" />,
)
export const IconBook = icon(<path d="M6 4h12v16H6Zm3.500 4.500h5m-5 3.500h5m-5 3.500h3" />)
export const IconCheck = icon(<path d="m5 12.500 4.500 4.500L19 7.500" />)
export const IconChevron = icon(<path d="m7 10 5 5 5-5" />)
export const IconClose = icon(<path d="m6.500 6.500 11 11m0-11-11 11" />)
export const IconCopy = icon(<path d="M9 9h11v11H9Zm-4 6H4V4h11v1" />)
export const IconFollow = icon(<path d="M12 4v10m-4.500-4.500L12 14l4.500-4.500M5 19.500h14" />)
export const IconKeypad = icon(
  <path
    strokeWidth="3"
    d="M6 5.500h.01M12 5.500h.01M18 5.500h.01M6 11.500h.01M12 11.500h.01M18 11.500h.01M6 17.500h.01M12 17.500h.01M18 17.500h.01"
  />,
)
export const IconLock = icon(<path d="M6 11h12v9H6Zm2.500 0V8a3.500 3.500 0 0 1 7 0v3" />)
export const IconMessage = icon(<path d="M4 5.500h16v11h-9l-4.500 3.500v-3.500H4Z" />)
export const IconPhone = icon(<path d={handset} />)
export const IconPhoneDown = icon(<path d={handset} transform="rotate(135 12 12)" />)
export const IconPlus = icon(<path d="M12 5v14M5 12h14" />)
export const IconRefresh = icon(<path d="M19 12a7 7 0 1 1-2.200-5.100M17 3.500v4h-4" />)
export const IconSearch = icon(<path d="M11 4.500a6.500 6.500 0 1 0 0 13 6.500 6.500 0 0 0 0-13Zm5 11.500 4 4" />)
export const IconSend = icon(<path d="M12 19V5.500M6 11l6-5.500 6 5.500" />)
export const IconSliders = icon(
  <path d="M4 8h8m5 0h3M4 16h3m5 0h8M14.500 5.800a2.200 2.200 0 1 0 0 4.400 2.200 2.200 0 0 0 0-4.400ZM9.500 13.800a2.200 2.200 0 1 0 0 4.400 2.200 2.200 0 0 0 0-4.400Z" />,
)
export const IconSound = icon(
  <path d="M4 9.500h3.500L12 5.500v13l-4.500-4H4Zm11.500-1a5 5 0 0 1 0 7m2.500-9.500a8.500 8.500 0 0 1 0 12" />,
)
export const IconSoundOff = icon(<path d="M4 9.500h3.500L12 5.500v13l-4.500-4H4Zm12 0 5 5m0-5-5 5" />)
export const IconTrash = icon(<path d="M5 7h14M9.500 7V4.500h5V7m-8 0 .8 12.500h9.400L17.500 7" />)
export const IconMenu = icon(<path d="M4 7h16M4 12h16M4 17h16" />)
export const IconHome = icon(<path d="M4 11.500 12 4.500l8 7M6 10v9.500h12V10m-8 9.500v-5h4v5" />)
export const IconPeople = icon(
  <path d="M9 11.500a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7Zm-6 8c0-3.500 2.500-5.500 6-5.500s6 2 6 5.500m0-14.700a3.500 3.500 0 0 1 0 6.400m2.500 3c2.200.7 3.500 2.500 3.500 5.300" />,
)
export const IconKey = icon(<path d="M7.500 12.500a4 4 0 1 1 0 8 4 4 0 0 1 0-8Zm2.900 1.100L19.500 4.500m-4 4 3 3" />)
export const IconDownload = icon(<path d="M12 4v11m-4.500-4.500L12 15l4.500-4.500M5 19.500h14" />)
export const IconLink = icon(
  <path d="M10 14a4 4 0 0 0 5.700 0l3-3A4 4 0 0 0 13 5.300l-1.500 1.500M14 10a4 4 0 0 0-5.700 0l-3 3a4 4 0 0 0 5.700 5.700l1.500-1.500" />,
)
